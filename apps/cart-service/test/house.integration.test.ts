import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { createServer, type Server } from "node:net"
import { join } from "node:path"
import { afterAll, assert, describe, it } from "@effect/vitest"
import { FormClient } from "./formClient.ts"
import { freePorts, listen, type Ports, spawnHouse, startHouse, temporaryFolder } from "./house.ts"
import { descendants, leftOver } from "./processes.ts"

const folders: Array<string> = []
const newFolder = () => {
  const folder = temporaryFolder()
  folders.push(folder)
  return folder
}
const occupy = (port: number): Promise<Server> =>
  new Promise((resolve) => {
    const server = createServer().listen(port, "127.0.0.1", () => resolve(server))
  })
/** What a start prints that ends by itself, and how it ends. */
const failedStart = async (
  ports: Ports,
  env: { readonly [name: string]: string },
  args?: ReadonlyArray<string>
) => {
  const folder = newFolder()
  const { ended, output } = listen(spawnHouse(ports, folder, { env, args: args ?? [] }))
  const code = await ended
  return { code, text: output() }
}

describe("the house", () => {
  afterAll(() => {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true })
  })

  it("says one box and Ready, keeps its secret to itself, is ready within 5 s when warm, and stops with all it started", async () => {
    const cold = await startHouse({ folder: newFolder() })
    const lines = cold.output().trimEnd().split("\n")
    assert.strictEqual(lines.at(-1), `Ready ${cold.urls.cart}`)
    for (const url of [cold.urls.market, cold.urls.blog, cold.urls.events, `${cold.urls.cart}/orders`])
      assert.include(cold.output(), ` ${url}\n`)
    assert.strictEqual(statSync(join(cold.folder, "secret-key")).mode & 0o777, 0o600)
    const first = descendants(cold.pid)
    assert.isAtLeast(first.length, 5)
    assert.strictEqual(await cold.stop(), 0)
    assert.deepStrictEqual(await leftOver(first, 0), [])
    const begun = performance.now()
    const warm = await startHouse({ folder: cold.folder, ports: cold.ports })
    const seconds = (performance.now() - begun) / 1000
    assert.isBelow(seconds, 5)
    assert.strictEqual(await warm.stop(), 0)
  }, 120_000)

  it("leaves no process behind when its launcher is killed", async () => {
    const house = await startHouse({ folder: newFolder() })
    const running = descendants(house.pid)
    for (const part of ["cart-service", "demo-coop", "fake-sumup", "postgres"])
      assert.isTrue(
        running.some(({ command }) => command.includes(part)),
        part
      )
    await house.kill()
    assert.deepStrictEqual(await leftOver(running, 20_000), [])
  }, 120_000)

  it("stops, and shows its last words, when a part of it dies", async () => {
    const house = await startHouse({ folder: newFolder() })
    const running = descendants(house.pid)
    const part = running.find(({ command }) => command.includes("apps/demo-coop"))
    process.kill(part?.pid ?? 0, "SIGKILL")
    assert.deepStrictEqual(await leftOver(running, 30_000), [])
    assert.match(house.output(), /The practice cooperative stopped\. It said:\n.*listens/)
    assert.strictEqual(await house.stop(), 1)
  }, 120_000)

  it("stops in order: the cart first, then whom it calls, the database last", async () => {
    const house = await startHouse({ folder: newFolder() })
    await house.stop()
    const log = readFileSync(join(house.folder, "logs", "cart-service.log"), "utf8")
      .trimEnd()
      .split("\n")
    const last: { message: string } = JSON.parse(log.at(-1) ?? "")
    assert.strictEqual(last.message, "stopped")
    assert.isFalse(existsSync(join(house.folder, "postgres", "postmaster.pid")))
  }, 120_000)

  it("names every port that is taken, and the variable that moves it", async () => {
    const ports = await freePorts()
    const taken = await Promise.all([occupy(ports.cart), occupy(ports.market)])
    const { code, text } = await failedStart(ports, {})
    for (const server of taken) server.close()
    assert.strictEqual(code, 1)
    assert.include(
      text,
      `Port ${ports.cart} is already in use: stop what uses it, or set PORT to another one`
    )
    assert.include(text, `Port ${ports.market} is already in use: stop what uses it, or set MARKET_PORT to`)
    assert.notInclude(text, "Ready")
  }, 60_000)

  it("refuses ports that are no ports, twins, and words it does not know, all at once", async () => {
    const ports = { ...(await freePorts()), blog: 0 }
    const { code, text } = await failedStart({ ...ports, events: ports.cart }, {}, ["--rest"])
    assert.strictEqual(code, 1)
    assert.include(text, "BLOG_PORT is wrong: write a port number from 1 to 65535.")
    assert.include(text, `PORT and EVENTS_PORT are both ${ports.cart}: move one of them.`)
    assert.include(text, "--rest means nothing here")
  }, 60_000)

  it("says in one sentence that the database it was given cannot be reached, without its password", async () => {
    const ports = await freePorts()
    const nowhere = `postgres://cart:canary-password@127.0.0.1:${ports.provider}/cart`
    const free = { ...ports, provider: (await freePorts()).provider }
    const { code, text } = await failedStart(free, { DATABASE_URL: nowhere })
    assert.strictEqual(code, 1)
    assert.match(
      text,
      /The database at 127\.0\.0\.1:\d+ cannot be reached \(ECONNREFUSED\): start it, or correct/
    )
    assert.notInclude(text, "canary")
  }, 60_000)

  it("says that a folder cannot be used", async () => {
    const file = join(newFolder(), "a-file")
    writeFileSync(file, "")
    const { code, text } = await failedStart(await freePorts(), { DATA_DIR: join(file, "data") })
    assert.strictEqual(code, 1)
    assert.match(text, /DATA_DIR/)
    assert.notInclude(text, "    at ")
  }, 60_000)

  it("begins anew with --reset, and touches nothing in the folder but its own", async () => {
    const house = await startHouse({ folder: newFolder() })
    mkdirSync(join(house.folder, "mine"))
    const buyer = new FormClient()
    await buyer.open(`${house.urls.market}/ash-bakery/rye-crackers`)
    await buyer.press("Add Rye crackers to cart")
    assert.include((await buyer.open(house.urls.cart)).text, "Rye crackers")
    await house.stop()
    const again = await startHouse({ folder: house.folder, ports: house.ports })
    assert.include((await buyer.open(house.urls.cart)).text, "Rye crackers")
    await again.stop()
    const anew = await startHouse({ folder: house.folder, ports: house.ports, args: ["--reset"] })
    assert.notInclude((await buyer.open(house.urls.cart)).text, "Rye crackers")
    assert.include(readdirSync(house.folder), "mine")
    const { code, text } = await failedStart(await freePorts(), { DATA_DIR: house.folder }, ["--reset"])
    assert.strictEqual(code, 1)
    assert.match(text, /already in use/)
    assert.include((await buyer.open(house.urls.cart)).text, "Your cart")
    await anew.stop()
  }, 120_000)
})
