import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import ejs from "ejs"

const root = fileURLToPath(new URL("../views", import.meta.url))
const escaped = (value: unknown): string => ejs.escapeXML(value).replaceAll("&#34;", "&quot;")

const rendered = (name: string): ((vm: object) => string) => {
  const filename = `${root}/${name}.ejs`
  const options = { filename, root, escape: escaped, strict: true, destructuredLocals: ["vm"] }
  const template = ejs.compile(readFileSync(filename, "utf8"), options)
  return (vm) => template({ vm })
}

const layout = rendered("layout")
const views = new Map(["admin", "bank", "note", "pay"].map((name) => [name, rendered(name)]))

/** A whole page. The banner says on every one that this is practice. */
export const page = (name: "admin" | "bank" | "note" | "pay", title: string, model: object): string =>
  layout({ title, body: views.get(name)?.({ ...model, title }) })

/** Headers of every page; no form-action, for paying leads on to the merchant's own site. */
export const pageHeaders = {
  "cache-control": "no-store",
  "content-security-policy":
    "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; frame-ancestors 'none'",
  "referrer-policy": "same-origin",
  "x-content-type-options": "nosniff"
}
