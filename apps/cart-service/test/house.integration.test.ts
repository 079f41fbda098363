import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { createServer, type Server } from "node:net"
import { join } from "node:path"
import { afterAll, assert, describe, it } from "@effect/vitest"
import { FormClient } from "./formClient.ts"
import {
  freePorts,
  type House,
  listen,
  type Ports,
  spawnHouse,
  startHouse,
  temporaryFolder
} from "./house.ts"
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
    // Other tests may have the processors just then: the best of three counts.
    const seconds: Array<number> = []
    for (let best = Number.POSITIVE_INFINITY; best >= 5 && seconds.length < 3; best = Math.min(...seconds)) {
      await house.stop()
      const begun = performance.now()
      house = await again()
      seconds.push((performance.now() - begun) / 1000)
    }
    assert.isBelow(Math.min(...seconds), 5)
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
    const { code, text } = await failedStart(await freePorts(), { DATA_DIR: house.folder }, ["--reset"])
    assert.strictEqual(code, 1)
    assert.match(text, /already in use/)
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

describe("a house that cannot stand", () => {
  afterAll(() => {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true })
  })

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
})
