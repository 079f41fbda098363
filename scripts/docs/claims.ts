/** A document of the repository: its path from the root and its text. */
export interface Document {
  readonly path: string
  readonly text: string
}

/** What documents are held against. */
export interface Repository {
  /** Every file, as a path from the root. */
  readonly files: ReadonlySet<string>
  /** The text of everything that is no document, in one. */
  readonly sources: string
  /** The scripts of the root `package.json`. */
  readonly scripts: ReadonlySet<string>
  /** Documents by path: for links into them. */
  readonly documents: ReadonlyMap<string, string>
}

/** Outside of fences; the first cell of a "Coming from" table names what is elsewhere, and is left out. */
const prose = (text: string): string => {
  const lines = text.replace(/^```[\s\S]*?^```$/gm, "").split("\n")
  let foreign = false
  return lines
    .map((line) => {
      if (line.startsWith("#")) foreign = line.includes("Coming from")
      return foreign ? line.replace(/^\|[^|]*\|/, "|") : line
    })
    .join("\n")
}

const slug = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, "")
    .trim()
    .replaceAll(" ", "-")
const anchors = (text: string): ReadonlyArray<string> =>
  Array.from(text.matchAll(/^#+ (.*)$/gm), ([, heading = ""]) => slug(heading))

const resolve = (from: string, target: string): string => {
  const url = new URL(target, `file:///${from}`)
  return decodeURIComponent(url.pathname).slice(1).replace(/\/$/, "")
}

const brokenLink = (document: Document, target: string, { documents, files }: Repository): string | null => {
  if (/^[a-z]+:/.test(target)) return null
  const [path = "", anchor] = target.split("#")
  const file = path === "" ? document.path : resolve(document.path, path)
  if (!isThere(file, files)) return `leads nowhere: ${target}`
  const text = anchor === undefined ? undefined : documents.get(file)
  const found = text === undefined || anchor === undefined || anchors(text).includes(anchor)
  return found ? null : `no such heading: ${target}`
}

const isThere = (path: string, files: ReadonlySet<string>): boolean =>
  files.has(path) || [...files].some((file) => file.startsWith(`${path}/`))

const isFile = (span: string): boolean =>
  /^(packages|apps|scripts|docs|config|ops|examples|\.ci)(\/[\w.@-]+)*\/?$/.test(span)
/** The end of a path, where a document has said whose: `order/Order.ts`. */
const isEnd = (span: string): boolean => /^(?!node_modules)[\w-]+(\/[\w-]+)*\/[\w-]+\.\w+$/.test(span)
const isName = (span: string): boolean => /^(\/[\w:./-]+|[A-Za-z_$][\w$.-]*)$/.test(span)

/** What is wrong with one word in code font; null when nothing is, or when nothing can be said about it. */
const brokenCode = (span: string, { files, scripts, sources }: Repository): string | null => {
  const [, script] = /^npm (?:run )?([\w:-]+)/.exec(span) ?? []
  if (script !== undefined) return scripts.has(script) ? null : `no such script: ${span}`
  if (isFile(span) || files.has(span)) {
    return isThere(span.replace(/\/$/, ""), files) ? null : `no such file: ${span}`
  }
  if (isEnd(span)) {
    return [...files].some((file) => file.endsWith(`/${span}`)) ? null : `no such file: ${span}`
  }
  const parts = span.startsWith("/") ? [span] : span.split(".").filter((part) => part !== "")
  const isKnown = parts.every((part) => sources.includes(part))
  return isName(span) && !isKnown ? `nowhere in the sources: ${span}` : null
}

const matched = (text: string, pattern: RegExp): ReadonlyArray<string> =>
  Array.from(text.matchAll(pattern), ([, first = ""]) => first)

/** Every link that leads nowhere. */
export const brokenLinks = (document: Document, repository: Repository): ReadonlyArray<string> =>
  matched(document.text, /\]\(([^)\s]+)\)/g).flatMap((link) => brokenLink(document, link, repository) ?? [])

/** Every file, route, script or name in code font that is not there. */
export const brokenNames = ({ text }: Document, repository: Repository): ReadonlyArray<string> =>
  matched(prose(text), /`([^`\n]+)`/g).flatMap((span) => brokenCode(span, repository) ?? [])
