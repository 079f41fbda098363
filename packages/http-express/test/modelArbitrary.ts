import fc from "fast-check"
import { Href, path } from "../src/Href.ts"
import { Name } from "../src/views/Frame.ts"

/** Text that would do harm if it were ever taken for markup, code or a name. */
const hostile = fc.oneof(
  fc.constantFrom(
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onfocus='alert(1)' autofocus='",
    "</title></textarea></style></script><svg onload=alert(1)>",
    "<!-- ",
    "--> <b>",
    "<![CDATA[ ]]>",
    "&lt;b&gt; &amp; &quot; &#x27; &nbsp",
    "<%= 1 %> <%- vm.body %>",
    "$" + "{7 * 7} {{7 * 7}} $& $1 $`",
    "javascript:alert(1)",
    "\u202Egnp.exe \u2066 \u200F \uFEFF",
    "\u0001\u0008\u001B[31m",
    "line\nbreak\r\ttab",
    "éàü 漢字 👩‍👩‍👧 ﷽",
    "constructor",
    "__proto__",
    ""
  ),
  fc.string({ unit: "grapheme", maxLength: 40 }),
  fc.string({ unit: "binary", maxLength: 20 }).map((text) => text.replaceAll("\u0000", ""))
)

/** Never the same twice, by a preference for small numbers or by shrinking: names are ids on a page. */
const names = fc.noShrink(fc.noBias(fc.bigInt({ min: 0n, max: 2n ** 60n }))).map((n) => `n${n.toString(36)}`)
const hrefs = fc.oneof(
  fc.constantFrom<string>("https://market.example/a?b=c&d=%22", "mailto:a@b.example?subject=a%20b"),
  hostile.map((text) => path`/p/${text.isWellFormed() ? text : "x"}`)
)

const part = (schema: unknown, name: string): unknown =>
  (typeof schema === "object" || typeof schema === "function") && schema !== null
    ? Reflect.get(schema, name)
    : undefined

const typeOf = (schema: unknown): unknown => part(part(schema, "ast"), "_tag")

/** Values of a model, after its schema: a field that is added there is filled here. */
export const modelArbitrary = (
  schema: unknown,
  text: fc.Arbitrary<string> = hostile
): fc.Arbitrary<unknown> => {
  const inner = (one: unknown) => modelArbitrary(one, text)
  if (schema === Name) return names
  if (schema === Href) return hrefs
  const fields = part(schema, "fields")
  if (typeof fields === "object" && fields !== null) {
    return fc.record(Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, inner(field)])))
  }
  const literals = part(schema, "literals")
  if (Array.isArray(literals)) return fc.constantFrom(...literals)
  const members = part(schema, "members")
  if (Array.isArray(members)) return fc.oneof(...members.map(inner))
  const value = part(schema, "value")
  if (value !== undefined) return fc.array(inner(value), { maxLength: 3 })
  const tag = typeOf(schema)
  if (tag === "String") return text
  if (tag === "Boolean") return fc.boolean()
  if (tag === "Number") return fc.integer({ min: 0, max: 99 })
  if (tag === "Null") return fc.constant(null)
  throw new Error(`no values for ${String(tag)}`)
}

/** The same model with nothing in it that could be taken for anything else. */
export const harmless = (value: unknown, keep: (key: string, text: string) => boolean, key = ""): unknown => {
  if (typeof value === "string") return keep(key, value) ? value : "x"
  if (Array.isArray(value)) return value.map((one) => harmless(one, keep, key))
  if (typeof value !== "object" || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, harmless(one, keep, name)]))
}
