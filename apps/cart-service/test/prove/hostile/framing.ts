import type { Dice } from "@rose-ash/cart-domain/testing/dice"
import type { World } from "./world.ts"

/** Where a request ends is in dispute, or whether it is one. */
export interface Framing {
  readonly name: string
  readonly parts: ReadonlyArray<string | Buffer>
  /**
   * Refuse: nothing but refusals, the last of them of the connection. A number: so many answers and not one
   * more.
   */
  readonly must: "refuse" | number
}

const chunk = (text: string): string => `${text.length.toString(16)}\r\n${text}\r\n0\r\n\r\n`

/** Each is sent as it stands: `path` is an address of the service, `hidden` a whole request within. */
const framings = (path: string, host: string, mark: string) => {
  const hidden = `GET /livez HTTP/1.1\r\nhost: ${host}\r\nx: ${mark}\r\n\r\n`
  const post = `POST ${path} HTTP/1.1\r\nhost: ${host}\r\nsec-fetch-site: same-origin\r\n`
  const get = `GET ${path} HTTP/1.1\r\nhost: ${host}\r\n`
  const over = "connection: close\r\n"
  const chunked = "transfer-encoding: chunked\r\n"
  return {
    "length and chunks": [`${post}content-length: 6\r\n${chunked}\r\n0\r\n\r\n${hidden}`],
    "chunks and length": [`${post}${chunked}content-length: ${hidden.length}\r\n\r\n${hidden}`],
    "two encodings": [`${post}${chunked}transfer-encoding: identity\r\n\r\n${chunk("a")}${hidden}`],
    "veiled encoding": [`${post}transfer-encoding: xchunked\r\ncontent-length: 3\r\n\r\na=1${hidden}`],
    "encoding of a tab": [`${post}transfer-encoding:\tchunked, gzip\r\n\r\n${chunk("a")}${hidden}`],
    "encoding after a line": [`${post}x: y\ntransfer-encoding: chunked\r\n\r\n${chunk("a")}${hidden}`],
    "two lengths": [`${post}content-length: 3\r\ncontent-length: 0\r\n\r\na=1${hidden}`],
    "lengths in one": [`${post}content-length: 3, 3\r\n\r\na=1${hidden}`],
    "length below zero": [`${post}content-length: -1\r\n\r\n${hidden}`],
    "length with a plus": [`${post}content-length: +3\r\n\r\na=1${hidden}`],
    "length in hex": [`${post}content-length: 0x3\r\n\r\na=1${hidden}`],
    "length beyond all": [`${post}content-length: 99999999999999999999999\r\n\r\na=1`],
    "chunk of no size": [`${post}${chunked}\r\nzz\r\na\r\n0\r\n\r\n${hidden}`],
    "chunk beyond all": [`${post}${chunked}\r\nfffffffffffffffff\r\na\r\n0\r\n\r\n`],
    "chunk too short": [`${post}${chunked}\r\n1\r\nabc\r\n0\r\n\r\n${hidden}`],
    "space before a colon": [`${post}content-length : 3\r\n\r\na=1${hidden}`],
    "space before a name": [`${get} x: y\r\n\r\n`, ""],
    "name of a NUL": [`${get}x\u0000y: 1\r\n${over}\r\n`],
    "value of a NUL": [`${get}x: a\u0000b\r\n${over}\r\n`],
    "bare return": [`${get}x: y\rz: 1\r\n${over}\r\n`],
    "no colon": [`${get}nothing\r\n${over}\r\n`],
    "no host": [`GET ${path} HTTP/1.1\r\n${over}\r\n`],
    "version 2": [`PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n`],
    "version 9": [`GET ${path} HTTP/9.9\r\nhost: ${host}\r\n\r\n`],
    "method of none": [`${mark} ${path} HTTP/1.1\r\nhost: ${host}\r\n\r\n`],
    "no request": ["\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003", "\r\n\r\n"],
    "spaces in a target": [`GET ${path} ${path} HTTP/1.1\r\nhost: ${host}\r\n\r\n`],
    "headers too many": [`${get}${"a: b\r\n".repeat(5000)}\r\n`],
    "header too long": [`${get}x: ${mark.repeat(8000)}\r\n\r\n`],
    "target too long": [`GET /${mark.repeat(8000)} HTTP/1.1\r\nhost: ${host}\r\n\r\n`]
  } as const
}

/** What is a request all the same, or several: so many answers, each to its own. */
const lawful = (path: string, host: string, mark: string) => {
  const get = `GET ${path} HTTP/1.1\r\nhost: ${host}\r\n`
  const over = "connection: close\r\n"
  const post = `POST ${path} HTTP/1.1\r\nhost: ${host}\r\n`
  return {
    "absolute form": [1, `GET http://${mark}.example/${mark} HTTP/1.1\r\nhost: ${host}\r\n${over}\r\n`],
    "absolute form of another": [
      1,
      `GET http://${mark}.example/orders HTTP/1.1\r\nhost: ${mark}.example\r\n${over}\r\n`
    ],
    "asterisk form": [1, `OPTIONS * HTTP/1.1\r\nhost: ${host}\r\n${over}\r\n`],
    "asterisk of a GET": [1, `GET * HTTP/1.1\r\nhost: ${host}\r\n${over}\r\n`],
    "authority form": [0, `CONNECT ${mark}.example:443 HTTP/1.1\r\nhost: ${host}\r\n\r\n`],
    "two hosts": [1, `${get}host: ${mark}.example\r\n${over}\r\n`],
    "folded line": [1, `${get}x: y\r\n set-cookie: ${mark}=1\r\n${over}\r\n`],
    "version of none": [1, `GET ${path}\r\n\r\n`],
    "version 1.0": [1, `GET ${path} HTTP/1.0\r\n\r\n`],
    "two in a row": [2, `${get}\r\n${get}${over}\r\n`],
    "more after the last": [1, `${get}${over}\r\n${get}\r\n`],
    "extension of a chunk": [
      1,
      `${post}${over}transfer-encoding: chunked\r\n\r\n3;${mark}="a"\r\na=1\r\n0\r\nx: ${mark}\r\n\r\n`
    ],
    "another protocol": [1, `${get}upgrade: websocket\r\nconnection: upgrade, close\r\n\r\n`],
    "wants to go on": [1, `${post}expect: ${mark}\r\ncontent-length: 0\r\n${over}\r\n`],
    "target of a fragment": [1, `GET ${path}#${mark} HTTP/1.1\r\nhost: ${host}\r\n${over}\r\n`],
    "twice a slash": [1, `GET //${mark}.example/.. HTTP/1.1\r\nhost: ${host}\r\n${over}\r\n`],
    "dots above all": [1, `GET /../../..${path} HTTP/1.1\r\nhost: ${host}\r\n${over}\r\n`],
    "dots in letters": [
      1,
      `GET /assets/%2e%2e%2f%2e%2e%2fpackage.json HTTP/1.1\r\nhost: ${host}\r\n${over}\r\n`
    ]
  } as const
}

const refused = Object.keys(framings("/", "a", "b"))
export const framingNames = [...refused, ...Object.keys(lawful("/", "a", "b"))]

/** The framing of this number. */
export const framingOf = (n: number, dice: Dice, world: Pick<World, "host">, mark: string): Framing => {
  const name = framingNames[n % framingNames.length] ?? ""
  const path = dice.one(["/", "/orders", "/p/nowhere", "/cart/lines", "/livez", "/internal/events"])
  const [bad, good] = [framings(path, world.host, mark), lawful(path, world.host, mark)]
  const refuse = Object.entries(bad).find(([other]) => other === name)
  if (refuse !== undefined) return { name, parts: refuse[1], must: "refuse" }
  const [must = 0, text = ""] = Object.entries(good).find(([other]) => other === name)?.[1] ?? []
  return { name, parts: [text], must }
}
