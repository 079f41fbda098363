import type { Dice } from "@rose-ash/cart-domain/testing/dice"

/** Strings that have broken something somewhere. `mark` is theirs alone: it is looked for in every answer. */
const corpus = {
  control: (mark: string) => [`${mark}\u0001\u0007\u001b[31m`, `${mark}\u007f\u0085\u2028\u2029`, "\t", "\b"],
  nul: (mark: string) => [`${mark}\u0000${mark}`, "\u0000", `ash-bakery\u0000`],
  surrogate: (mark: string) => [`${mark}\ud800`, `\udc00${mark}`, "\ud83d", "\ufffe\uffff"],
  percent: (mark: string) => ["%", "%zz", "%00", "%u0041", `%25${mark}`, "%2500", "%252e%252e"],
  direction: (mark: string) => [`\u202e${mark}\u2066`, `\u200f${mark}`, "\ufeff", "e\u0301".repeat(200)],
  number: () => ["NaN", "-0", "1e309", "-1", "0x10", "Infinity", "9".repeat(400), "1.5", "٣", " 1", "+1"],
  markup: (mark: string) => [
    `${mark}<${mark}`,
    `${mark}"${mark}`,
    `${mark}'${mark}`,
    `</title></textarea><script>${mark}<${mark}</script>`,
    `"><img src=x onerror=${mark}>${mark}<${mark}`,
    `javascript:${mark}`,
    `<!--${mark}<${mark}`
  ],
  template: (mark: string) => [
    "<%= 913 * 1337 %>",
    "<%- 913 * 1337 %>",
    `\${913 * 1337}${mark}`,
    "{{913 * 1337}}",
    "#{913*1337}",
    "<%- include('/etc/passwd') %>"
  ],
  sql: (mark: string) => [
    `${mark}' OR '1'='1`,
    "'; DROP TABLE cart.orders; --",
    "1); SELECT pg_sleep(4); --",
    "' || pg_sleep(4) || '",
    "\\'; --",
    `$$${mark}$$`,
    "x' UNION SELECT key FROM cart.seller_key --",
    "{1,2}",
    "(,)"
  ],
  path: (mark: string) => [
    "../../../../etc/passwd",
    "..\\..\\windows\\win.ini",
    `//${mark}.example`,
    `/\\${mark}.example`,
    `https://${mark}.example/`,
    "./",
    "..",
    "assets/../package.json",
    `http://localhost:8001@${mark}.example/`,
    "file:///etc/passwd"
  ],
  line: (mark: string) => [
    `${mark}\r\nset-cookie: ${mark}=1\r\n`,
    `${mark}\nx-${mark}: 1`,
    `${mark}\rlocation: //${mark}.example`,
    `a\r\n\r\nHTTP/1.1 200 OK\r\n\r\n${mark}<${mark}`,
    `${mark}\u560d\u560aset-cookie:${mark}=1`
  ],
  prototype: () => ["__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "valueOf", "null"],
  empty: () => ["", " ", "undefined", "true", "[]", "{}", "[object Object]"],
  long: (mark: string) => [
    mark.repeat(40),
    "a".repeat(201),
    "é".repeat(400),
    "1".repeat(1500),
    "🌹".repeat(300)
  ]
} as const
export type Kind = keyof typeof corpus

const isKind = (name: string): name is Kind => Object.hasOwn(corpus, name)
export const kinds = Object.keys(corpus).filter(isKind)

/** One string of a kind. */
export const hostile = (dice: Dice, kind: Kind, mark: string): string => {
  const [head = "", ...tail] = corpus[kind](mark)
  return dice.one([head, ...tail])
}

const percentOf = (text: string): string =>
  [...Buffer.from(text, "utf8")].map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join("")
/** Of what would end a target or a part of it, every letter by its bytes. */
const keeping = (text: string, also: string): string =>
  [...text]
    .map((one) => (one <= " " || one === "\u007f" || also.includes(one) ? percentOf(one) : one))
    .join("")
/** A half of a pair as three bytes, which no encoder writes. */
const halves = (text: string): string =>
  text.replaceAll(/\p{Surrogate}/gu, (one) => {
    const code = one.charCodeAt(0)
    const bytes = [0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63)]
    return bytes.map((byte) => `%${byte.toString(16)}`).join("")
  })

/** In an address or a form: as a browser writes it, byte by byte, overlong, twice, or nearly as it is. */
export const written = (dice: Dice, text: string): string => {
  const way = dice.below(10)
  const plain = text.toWellFormed()
  if (way === 0) return keeping(halves(text), "")
  if (way === 1) return keeping(text, "&+#?")
  if (way === 2) return percentOf(text)
  if (way === 3) return encodeURIComponent(plain).replaceAll("%2F", "%c0%af")
  if (way === 4) return encodeURIComponent(encodeURIComponent(plain))
  return encodeURIComponent(plain)
}
