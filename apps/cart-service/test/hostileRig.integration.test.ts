import { createServer } from "node:http"
import { assert, describe, it } from "@effect/vitest"
import { diceOf } from "@rose-ash/cart-domain/testing/dice"
import { Effect } from "effect"
import { framingNames, framingOf } from "./prove/hostile/framing.ts"
import { proveHostile } from "./prove/hostile/hostile.ts"
import { framed } from "./prove/hostile/judges.ts"
import { outcome } from "./prove/hostile/outcome.ts"
import { flawNames, plant, uproot } from "./prove/hostile/planted.ts"
import { exchange } from "./prove/hostile/wire.ts"

const run = async (of: Parameters<typeof proveHostile>[0]) => {
  const words: Array<string> = []
  const told = await Effect.runPromise(proveHostile({ ...of, say: (one) => words.push(one) }))
  return { told, words: words.join("\n") }
}

describe("the rig hostile", () => {
  it("three thousand attacks on every route there is do no harm", async () => {
    const { told, words } = await run({ runs: 3000, seed: 7, say: () => {} })
    assert.deepStrictEqual(told.breaks, {}, words)
    assert.strictEqual(told.figures["unvisited"], 0)
  }, 240_000)

  it("names every flaw of routes that it was not told of", async () => {
    const { told, words } = await run({ runs: 600, seed: 8, say: () => {}, plant })
    uproot()
    const found = Object.keys(told.breaks)
    assert.deepStrictEqual(
      flawNames.filter((name) => !found.includes(name)),
      [],
      words
    )
    assert.include(words, "/planted/hang/")
  }, 240_000)

  it("names a server that lets requests through whose end is in dispute", async () => {
    const server = createServer({ insecureHTTPParser: true }, (request, response) => {
      request.resume()
      response.end("ok")
    })
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
    const address = server.address()
    const port = typeof address === "object" && address !== null ? address.port : 0
    const world = { host: "localhost", origins: [], prefix: "" }
    const named = await Promise.all(
      framingNames.map(async (name, n) => {
        const framing = framingOf(n, diceOf(1, name), world, "mark")
        const seen = await exchange({ port, parts: framing.parts, most: 1000 })
        return framed(world, framing, "mark", seen).some((one) => one.name === "smuggled") ? [name] : []
      })
    )
    server.close()
    server.closeAllConnections()
    assert.includeMembers(named.flat(), ["length and chunks", "chunks and length"])
  })

  it("fails when something was never tried, or when memory grows", () => {
    const words: Array<string> = []
    const came = { found: [], faults: new Map(), statuses: new Map(), times: [1], routes: 1 }
    const rest = { unvisited: 1, grown: 500, lines: 0, longest: 0, hash: "" }
    const told = outcome({ runs: 2000, say: (one) => words.push(one) }, { ...came, ...rest })
    assert.isFalse(told.ok)
    assert.hasAllKeys(told.breaks, ["untried", "memory"])
    for (const name of ["text.sql", "framing.length and chunks", "slow.slow headers"])
      assert.include(words, `never tried: ${name}`)
  })
})
