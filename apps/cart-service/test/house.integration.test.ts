import { execFile } from "node:child_process"
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import { afterAll, assert, describe, it } from "@effect/vitest"
import { startEmbedded } from "@rose-ash/cart-adapters-postgres/embedded"
import { FormClient } from "./formClient.ts"
import { freePorts, type House, listen, spawnHouse, startHouse } from "./house.ts"
import { descendants, leftOver } from "./processes.ts"
import { rows } from "./sql.ts"

/** How much longer a small start takes than on two processors with nothing else to do. */
const slowness = async (): Promise<number> => {
  const begun = performance.now()
  await promisify(execFile)(process.execPath, ["--input-type=module", "-e", 'await import("effect")'], {
    cwd: fileURLToPath(new URL("..", import.meta.url))
  })
  return (performance.now() - begun) / 1000 / 0.4
}

describe("the house", () => {
  // One life of one folder, told in order: each start is a few seconds of everybody's time.
  let house: House
  const buyer = new FormClient()
  const cartText = async () => (await buyer.open(house.urls.cart)).text
  const again = (args: ReadonlyArray<string> = []) =>
    startHouse({ folder: house.folder, ports: house.ports, args })
  afterAll(() => house.dispose(), 60_000)

  it("says one box and Ready, and keeps its secret to itself", async () => {
    house = await startHouse()
    const { blog, cart, events, market } = house.urls
    const lines = house.output().trimEnd().split("\n")
    assert.strictEqual(lines.at(-1), `Ready ${cart}`)
    for (const url of [market, blog, events, cart, `${cart}/orders`])
      assert.include(house.output(), ` ${url}\n`)
    assert.strictEqual(statSync(join(house.folder, "secret-key")).mode & 0o777, 0o600)
    await buyer.open(`${market}/ash-bakery/rye-crackers`)
    await buyer.press("Add Rye crackers to cart")
    assert.include(await cartText(), "Rye crackers")
  }, 90_000)

  it("stops in order with all it started: the cart first, the database last", async () => {
    const running = descendants(house.pid)
    assert.isAtLeast(running.length, 5)
    assert.strictEqual(await house.stop(), 0)
    assert.deepStrictEqual(await leftOver(running, 0), [])
    const log = readFileSync(join(house.folder, "logs", "cart-service.log"), "utf8")
      .trimEnd()
      .split("\n")
    assert.include(log.at(-1), '"message":"stopped"')
    assert.isFalse(existsSync(join(house.folder, "postgres", "postmaster.pid")))
  }, 60_000)

  it("is ready within 5 s when warm, with everything it had", async () => {
    // Other tests may have the processors: then it may take longer by as much as anything else does.
    const before = await slowness()
    const begun = performance.now()
    house = await again()
    const seconds = (performance.now() - begun) / 1000
    assert.isBelow(seconds, 5 * Math.max(1, before, await slowness()))
    assert.include(await cartText(), "Rye crackers")
  }, 90_000)

  it("leaves no process behind when its launcher is killed, and stands again at once", async () => {
    const running = descendants(house.pid)
    for (const part of ["cart-service", "demo-coop", "fake-sumup", "postgres"])
      assert.isTrue(
        running.some(({ command }) => command.includes(part)),
        part
      )
    await house.kill()
    house = await again()
    assert.deepStrictEqual(await leftOver(running, 0), [])
    assert.include(await cartText(), "Rye crackers")
  }, 60_000)

  it("does not empty a folder that another house uses", async () => {
    const second = listen(spawnHouse(await freePorts(), house.folder, { args: ["--reset"] }))
    assert.strictEqual(await second.ended, 1)
    assert.match(second.output(), /already in use/)
    assert.include(await cartText(), "Rye crackers")
  }, 60_000)

  it("stops, and shows its last words, when a part of it dies", async () => {
    const running = descendants(house.pid)
    const part = running.find(({ command }) => command.includes("apps/demo-coop"))
    assert.isDefined(part)
    process.kill(part.pid, "SIGKILL")
    assert.deepStrictEqual(await leftOver(running, 30_000), [])
    assert.match(house.output(), /The practice cooperative stopped\. It said:\n.*listens/)
    assert.strictEqual(await house.stop(), 1)
  }, 60_000)

  it("begins anew with --reset, and touches nothing in the folder but its own", async () => {
    mkdirSync(join(house.folder, "mine"))
    house = await again(["--reset"])
    assert.notInclude(await cartText(), "Rye crackers")
    assert.include(readdirSync(house.folder), "mine")
  }, 60_000)
})

describe("npm start", () => {
  it("leaves no process behind when npm is killed, which then cannot pass it on", async () => {
    const house = await startHouse({ npm: true, env: { STOP_WITH_STDIN: "" } })
    const running = descendants(house.pid)
    assert.isTrue(running.some(({ command }) => command.includes("toolchain.mjs")))
    await Promise.race([house.kill(), leftOver(running, 20_000)])
    assert.deepStrictEqual(await leftOver(running, 20_000), [])
    await house.dispose()
  }, 90_000)
})

describe("a house on a database that was given", () => {
  it("needs an ordinary role that owns its database and nothing more", async () => {
    const server = await startEmbedded()
    await rows(server.url, "CREATE ROLE ordinary LOGIN")
    await rows(server.url, "CREATE DATABASE given OWNER ordinary")
    const url = new URL(server.url)
    url.username = "ordinary"
    url.pathname = "/given"
    const house = await startHouse({ env: { DATABASE_URL: url.href } })
    assert.include(house.output(), "Data in the database that DATABASE_URL names.")
    const buyer = new FormClient()
    await buyer.open(`${house.urls.market}/mill-choir/songbook`)
    await buyer.press("Add The mill songbook to cart")
    assert.include((await buyer.open(house.urls.cart)).text, "Pay Mill Choir £12.60")
    assert.isFalse(existsSync(join(house.folder, "postgres")))
    await house.dispose()
    await server[Symbol.asyncDispose]()
  }, 90_000)
})
