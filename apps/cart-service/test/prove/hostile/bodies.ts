import { deflateSync, gzipSync } from "node:zlib"
import { formFields } from "../../../../../packages/http-express/test/knownInputs.ts"
import { encoded, type Making, type Pair, pairsOf } from "./making.ts"

interface Body {
  readonly body: Buffer
  readonly headers: ReadonlyArray<Pair>
}
const form = "application/x-www-form-urlencoded"
const million = 1_048_576
/** A few kilobytes that unfold to twenty million. */
const bomb = gzipSync(Buffer.alloc(20 * million, "a"))

/** A message with this for its data. */
const envelope = (mark: string, data: string): string =>
  `{"specversion":"1.0","id":"${mark}","source":"/blog","type":"a.b","data":${data}}`
const deep = (levels: number): string => `{"a":${"[".repeat(levels)}${"]".repeat(levels)}}`

const json = ({ dice, hit, mark }: Making): string => {
  hit("body.json")
  return dice.one([
    "[".repeat(7000),
    `${'{"a":'.repeat(2500)}1${"}".repeat(2500)}`,
    `{"__proto__":{"${mark}":1},"constructor":{"prototype":{"${mark}":1}},"data":{}}`,
    '{"id":"1","id":"2","type":"a.b","type":"user.deleted","data":{},"data":null}',
    '{"specversion":1e309,"data":NaN}',
    envelope(mark, `{"__proto__":{"${mark}":1},"constructor":{"prototype":{"${mark}":1}}}`),
    envelope(mark, '{"n":-0,"big":1e308,"more":1e309,"many":123456789012345678901234567890,"least":5e-324}'),
    envelope(mark, '{"t":"\\ud800"}'),
    envelope(mark, '{"\\udc00":["\\ud800\\ud800"]}'),
    envelope(mark, '{"\\u0000":"\\u0000"}'),
    envelope(mark, '{"t":"\\\\u0000"}'),
    // A few letters each, and three hundred in a column of a database.
    envelope(mark, `{"n":[${Array.from({ length: 1500 }, () => "1e308").join()}]}`),
    envelope(mark, deep(7000)),
    envelope(mark, deep(3000)),
    envelope(mark, `{"t":"${"é".repeat(8000)}"}`),
    envelope(mark, '{"a":1,"a":2,"":3}'),
    `\ufeff${envelope(mark, "{}")}`,
    "null",
    "[]",
    '""',
    "{",
    ""
  ])
}

const typed = (body: string | Buffer, type: string, ...also: ReadonlyArray<Pair>): Body => ({
  body: Buffer.from(body),
  headers: [...(type === "" ? [] : [["content-type", type] as const]), ...also]
})
const folded = (body: Buffer, encoding: string): Body => typed(body, form, ["content-encoding", encoding])

const odds: { readonly [name: string]: (making: Making, text: string) => Body } = {
  type: ({ dice, mark }, text) =>
    typed(
      text,
      dice.one([
        "application/json",
        "text/plain",
        "",
        `multipart/form-data; boundary=${mark}`,
        `${form}; charset=utf-7`,
        `${form}; charset=utf-16`,
        `${form}; charset=iso-8859-1`,
        `${form}; charset=${mark}`,
        `${form}; charset="`,
        `${form}; charset=__proto__`,
        "application/x-www-form-urlencoded;;;",
        "/"
      ])
    ),
  multipart: ({ mark }, text) =>
    typed(
      `--${mark}\r\ncontent-disposition: form-data; name="item"; filename="../../x"\r\n\r\n${text}\r\n--${mark}--\r\n`,
      `multipart/form-data; boundary=${mark}`
    ),
  json: (making) => typed(json(making), "application/json"),
  gzip: ({ dice }, text) => folded(gzipSync(text), dice.one(["gzip", "GZIP", "x-gzip", "gzip, gzip"])),
  badGzip: (_, text) => folded(Buffer.from(text), "gzip"),
  halfGzip: (_, text) => folded(gzipSync(text).subarray(0, 20), "gzip"),
  bomb: () => folded(bomb, "gzip"),
  encoding: ({ dice, mark }, text) =>
    folded(deflateSync(text), dice.one(["deflate", "br", mark, "identity,"])),
  huge: ({ mark }) => typed(`item=${mark}${"a".repeat(million)}`, form),
  edge: ({ mark }, text) => typed(`${text}&${mark}=`.padEnd(16_385, "a"), form),
  many: ({ mark }) => typed(Array.from({ length: 1000 }, (_, n) => `${mark}${n}=1`).join("&"), form),
  twice: (making, text) =>
    typed(`${text}&${text}&${encoded(making, pairsOf(making, "form", formFields))}`, form),
  nested: ({ mark }) => typed(`item${"[a]".repeat(3000)}=${mark}&a[__proto__][${mark}]=1`, form),
  bytes: ({ mark }, text) =>
    typed(
      Buffer.concat([Buffer.from(text), Buffer.from([0xff, 0xfe, 0, 0xc0, 0x80]), Buffer.from(mark)]),
      form
    )
}
export const bodyNames = ["json", ...Object.keys(odds).filter((name) => name !== "json")]
const [firstOdd = "type", ...otherOdds] = Object.keys(odds)

export const bodies = {
  json,
  /** A body that is not what its headers say, or too much of it. */
  odd: (making: Making): Body => {
    const name = making.dice.one([firstOdd, ...otherOdds])
    making.hit(`body.${name}`)
    const make = odds[name]
    const text = encoded(making, pairsOf(making, "form", formFields))
    return make === undefined ? typed(text, form) : make(making, text)
  }
}
