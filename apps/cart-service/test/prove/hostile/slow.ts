import { exchange } from "./wire.ts"
import type { World } from "./world.ts"

/** Milliseconds after which a connection has to be closed whose sender takes its time, and some to spare. */
const closedWithin = { headers: 10_000, request: 15_000, answer: 5_000 } as const
const spare = 2500
const step = 500

interface Slow {
  readonly parts: ReadonlyArray<string>
  readonly within: keyof typeof closedWithin
}

/** Senders that hold a connection: each is to be cut off, whatever it still means to send. */
const slows = (host: string): { readonly [name: string]: Slow } => {
  const post = `POST /cart/lines HTTP/1.1\r\nhost: ${host}\r\nsec-fetch-site: same-origin\r\ncontent-type: application/x-www-form-urlencoded\r\n`
  const drops = (text: string) => Array.from({ length: 60 }, () => text)
  return {
    "slow headers": {
      parts: [`GET / HTTP/1.1\r\nhost: ${host}\r\n`, ...drops("x: y\r\n")],
      within: "headers"
    },
    "slow line": { parts: ["G", "E", "T", ...drops("/")], within: "headers" },
    "slow body": { parts: [`${post}content-length: 1000\r\n\r\n`, ...drops("a")], within: "request" },
    "slow chunks": {
      parts: [`${post}transfer-encoding: chunked\r\n\r\n`, ...drops("1\r\na\r\n")],
      within: "request"
    },
    "body too short": { parts: [`${post}content-length: 1000\r\n\r\nitem=1`], within: "request" },
    "headers without end": { parts: [`GET / HTTP/1.1\r\nhost: ${host}\r\n`], within: "headers" },
    "nothing at all": { parts: [], within: "headers" },
    "nothing after an answer": { parts: [`GET /livez HTTP/1.1\r\nhost: ${host}\r\n\r\n`], within: "answer" }
  }
}
/** The names of these; the longest ones only in long runs. */
export const slowNames = (long: boolean): ReadonlyArray<string> =>
  Object.entries(slows("a")).flatMap(([name, { within }]) => (long || within !== "request" ? [name] : []))

/** All of them at once, so many times; answers who was not cut off in time, and the longest that one took. */
export const slowly = async (at: World["ports"], times: number, long: boolean) => {
  const held: Array<string> = []
  let longest = 0
  const one = async (port: number, name: string, { parts, within }: Slow): Promise<void> => {
    const most = closedWithin[within] + spare
    const { closed, ms } = await exchange({ port, parts, pause: step, most })
    longest = Math.max(longest, Math.round(ms))
    if (!closed) held.push(`${name} was still open after ${most} ms at port ${port}`)
  }
  const names = slowNames(long)
  const all = Object.entries(slows("localhost")).filter(([name]) => names.includes(name))
  const ports = [at.public, at.internal]
  await Promise.all(
    Array.from({ length: times }, () =>
      ports.flatMap((port) => all.map(([name, slow]) => one(port, name, slow)))
    ).flat()
  )
  return { held, longest, fired: times * ports.length }
}
