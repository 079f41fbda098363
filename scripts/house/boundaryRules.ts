import { posix } from "node:path"
import { parseSync } from "oxc-parser"
import { arrows, domainRows } from "./arrows.ts"
import { lineOf, type SourceFile, type Violation } from "./Violation.ts"

const domain = "packages/domain/src/"
const domainRow = (path: string) => {
  const [folder, file] = path.slice(domain.length).split("/")
  if (folder === undefined || file === undefined) return domainRows.length
  return domainRows.findIndex((row) => row.includes(folder))
}

/** The package or app a path is in, e.g. `packages/domain`. */
const home = (path: string) => /^(packages|apps|examples)\/[^/]+/.exec(path)?.[0]
const packageOf = (specifier: string) =>
  specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/")

const checkDomain = (path: string, specifier: string, target: string | undefined): string | undefined => {
  if (!path.startsWith(domain) || path.startsWith(`${domain}testing/`)) return undefined
  if (domainRow(path) < 0) return "this folder of the domain stands in no row of scripts/house/arrows.ts"
  if (target === undefined) {
    const pure = packageOf(specifier) === "effect" && !/^effect\/(sql|http|http-api)(\/|$)/.test(specifier)
    return pure ? undefined : "the domain is pure: it depends on effect alone"
  }
  if (target.startsWith(`${domain}testing/`)) return "nothing depends on testing but tests"
  return domainRow(target) > domainRow(path) ? "the domain's folders depend on earlier ones only" : undefined
}

const checkImport = (path: string, specifier: string): string | undefined => {
  const from = home(path)
  const row = from && arrows[from]
  if (from === undefined || !row) return undefined
  if (specifier === "@effect/platform-node")
    return "import one module by its path: the whole of it wants Redis"
  const target = specifier.startsWith(".") ? posix.join(posix.dirname(path), specifier) : undefined
  const isTest = (file: string) => /^(packages|apps|examples)\/[^/]+\/test\//.test(file)
  const leaves = target !== undefined && home(target) !== from && !path.endsWith(".config.ts")
  if (leaves && !(isTest(path) && isTest(target)))
    return "a package is reached by its name, not by a path into it"
  const allowed = path.startsWith(`${from}/src/`) ? row.uses : [...row.uses, ...row.tests]
  const own = target === undefined && specifier.startsWith("@rose-ash/") ? packageOf(specifier) : undefined
  if (own !== undefined && !allowed.includes(own))
    return `no arrow from ${from} to it in scripts/house/arrows.ts`
  return checkDomain(path, specifier, target)
}

/** The imports of one source file, held against the arrows of the architecture. */
export const checkImports = ({ path, text }: SourceFile): ReadonlyArray<Violation> => {
  const { module } = parseSync(path, text)
  const dynamic = module.dynamicImports.map(({ moduleRequest: { end, start } }) => ({
    start,
    value: text.slice(start + 1, end - 1)
  }))
  const requests = [
    ...module.staticImports.map(({ moduleRequest }) => moduleRequest),
    ...module.staticExports.flatMap(({ entries }) => entries.map(({ moduleRequest }) => moduleRequest)),
    ...dynamic
  ]
  return requests.flatMap((request): ReadonlyArray<Violation> => {
    const reason = request && checkImport(path, request.value)
    if (!reason) return []
    return [
      { path, line: lineOf(text, request.start), rule: "boundary", says: `${request.value}: ${reason}` }
    ]
  })
}

type Section = "dependencies" | "optionalDependencies" | "devDependencies" | "peerDependencies"
const sections: ReadonlyArray<Section> = [
  "dependencies",
  "optionalDependencies",
  "devDependencies",
  "peerDependencies"
]

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null

const checkDependency = (
  from: string,
  section: Section,
  name: string,
  range: unknown
): string | undefined => {
  const row = arrows[from]
  const isWorkspace = name.startsWith("@rose-ash/")
  const exact = section === "peerDependencies" ? /^\d+\.\d+\.\d+$/.test(`${range}`) : range === "catalog:"
  if (isWorkspace ? range !== "workspace:*" : !exact) return `${name} is not pinned by the catalog`
  const allowed = section === "devDependencies" ? [...(row?.uses ?? []), ...(row?.tests ?? [])] : row?.uses
  if (isWorkspace && !allowed?.includes(name))
    return `no arrow from ${from} to ${name} in scripts/house/arrows.ts`
  const runtime = section === "dependencies" || section === "optionalDependencies"
  if (from === "packages/domain" && runtime && name !== "effect") return "the domain depends on effect alone"
  return undefined
}

/** One package.json: ranges exact, workspace dependencies along the arrows, the domain on effect alone. */
export const checkManifest = ({ path, text }: SourceFile): ReadonlyArray<Violation> => {
  const manifest: unknown = JSON.parse(text)
  const from = posix.dirname(path)
  const listed = (section: Section) => {
    const list = isRecord(manifest) ? manifest[section] : undefined
    return isRecord(list) ? Object.entries(list) : []
  }
  const found = sections.flatMap((section) =>
    listed(section).map(([name, range]) => checkDependency(from, section, name, range))
  )
  if (from !== "." && !arrows[from]) found.push("this folder has no row in scripts/house/arrows.ts")
  return found.flatMap((says) => (says ? [{ path, line: 1, rule: "boundary", says }] : []))
}
