import { matches, type SourceFile, type Violation } from "./Violation.ts"

const rawTag = /<%-[\s\S]*?%>/g
const rawAllowed = /^<%-\s*(vm\.body|include\("\/partials\/[\w/-]+"(,\s*(?:(?!%>)[\s\S])*)?\))\s*-?%>$/
const deferredScript = /<script\s+defer\s+src="[^"]+"\s*>\s*<\/script>/g

/** A view escapes everything, without script or style: the Content-Security-Policy would refuse them. */
const checkView = (file: SourceFile): ReadonlyArray<Violation> => {
  const raw = matches(file, "raw-html", rawTag, "only vm.body and a literal partial are written unescaped")
  const unescaped = raw.filter((_, index) => !rawAllowed.test(file.text.match(rawTag)?.[index] ?? ""))
  const isLayout = file.path.endsWith("/layout.ejs")
  const text = isLayout
    ? file.text.replace(deferredScript, (script) => script.replace(/[^\n]/g, " "))
    : file.text
  const masked = { path: file.path, text: text.replace(/<%[\s\S]*?%>/g, (tag) => tag.replace(/[^\n]/g, " ")) }
  return [
    ...unescaped,
    ...matches(masked, "inline-script", /<script\b/gi, "the layout's one deferred file is the only script"),
    ...matches(masked, "inline-script", /\son[a-z]+\s*=/gi, "no handler in an attribute"),
    ...matches(masked, "inline-style", /\sstyle\s*=|<style\b/gi, "styles live in the stylesheet")
  ]
}

const registryHost =
  /\bregistry\.[a-z0-9-]+\.[a-z]+|\b[a-z0-9.-]*(?:npmjs|npmmirror|yarnpkg)\.(?:org|com)\b/gi
const machinePath = /(?<![\w.$}>:/-])\/(?:work|root|tmp\/hq|home\/\w+|Users\/\w+)\/|\.\.\/shared\//g
const escaped = (host: string) => new RegExp(host.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"), "g")

/** What no file of the repository may name: a package registry's host, a folder of one machine. */
export const checkText =
  (registry: string | undefined) =>
  (file: SourceFile): ReadonlyArray<Violation> => [
    ...matches(file, "registry", registryHost, "a clone elsewhere has another registry"),
    ...(registry
      ? matches(file, "registry", escaped(registry), "a clone elsewhere has another registry")
      : []),
    ...(file.path === "pnpm-lock.yaml"
      ? matches(file, "registry", /tarball: .*/g, "a lockfile names no host")
      : []),
    ...matches(file, "machine-path", machinePath, "a clone elsewhere has no such folder"),
    ...matches(file, "conflict", /^(<{7}|>{7}) .*/gm, "an unresolved merge"),
    ...(/\.(ejs|sql|css|ya?ml|sh)$/.test(file.path) && file.path !== "pnpm-lock.yaml"
      ? matches(file, "unfinished", /\b(TODO|FIXME|XXX|HACK)\b.*/g, "do it, or leave the comment out")
      : []),
    ...(file.path.endsWith(".ejs") ? checkView(file) : [])
  ]
