import { rmSync, writeFileSync } from "node:fs"
import { createServer, type Server } from "node:net"
import { join } from "node:path"
import { afterAll, assert, describe, it } from "@effect/vitest"
import { freePorts, listen, type Ports, spawnHouse, temporaryFolder } from "./house.ts"

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
