import { globSync, readFileSync, rmSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import { type Embedded, startEmbedded } from "@rose-ash/cart-adapters-postgres/embedded"
import { startDemoCoop } from "@rose-ash/demo-coop"
import { startFakeSumUp } from "@rose-ash/fake-sumup"
import { Build, ignored, start } from "./dockerfile.ts"
import { FormClient } from "./formClient.ts"
import { freePorts, listen, type Ports, temporaryFolder } from "./house.ts"

const root = fileURLToPath(new URL("../../..", import.meta.url))
const at = (port: number) => `http://localhost:${port}`
const account = (name: string) => ({
  api_key: `practice-key-${name}`,
  merchant_code: `M${name.toUpperCase().replace("-", "")}`,
  country: "GB",
  default_currency: "GBP" as const,
  sandbox: true,
  name
})
const accounts = [account("rose-ash"), account("ash-bakery")] as const

/** What an operator writes into .env. */
const settings = (ports: Ports, databaseUrl: string) => ({
  PORT: String(ports.cart),
  BIND_HOST: "127.0.0.1",
  PUBLIC_URL: at(ports.cart),
  BLOG_URL: at(ports.blog),
  MARKET_URL: at(ports.market),
  EVENTS_URL: at(ports.events),
  PAYMENT_ORIGINS: at(ports.provider),
  DATABASE_URL: databaseUrl,
  SECRET_KEY: "practice-secret-of-at-least-32-bytes",
  SUMUP_BASE_URL: at(ports.provider),
  COOPERATIVE_MERCHANT_CODE: accounts[0].merchant_code,
  COOPERATIVE_SUMUP_KEY: accounts[0].api_key
})

const pages = JSON.stringify([
  {
    id: "ash-bakery",
    name: "Ash Bakery",
    currency: "GBP",
    merchantCode: accounts[1].merchant_code,
    apiKey: accounts[1].api_key,
    acceptsLate: true,
    refundsAlone: false,
    contact: null,
    url: null
  }
])

/** What the service stands among: its siblings, and a practice provider. */
const surroundings = async (ports: Ports, databaseUrl: string) => {
  const { blog, cart, events, market, provider } = ports
  const fake = await startFakeSumUp({ port: provider, merchants: accounts })
  const coop = await startDemoCoop({
    ports,
    links: { blog: at(blog), market: at(market), events: at(events), cart: at(cart) },
    databaseUrl,
    sessionCookie: "rose_session",
    cartKeys: {},
    eventKey: null,
    riseEvery: 0,
    stopWithStdin: false
  })
  return { close: () => Promise.all([coop.close(), fake.close()]) }
}

const buy = async (ports: Ports, path: string, page: string, amount: string): Promise<void> => {
  const buyer = new FormClient()
  await buyer.open(`${at(ports.market)}/${path}`)
  await buyer.press("to cart")
  await buyer.open(at(ports.cart))
  await buyer.follow(`Pay ${page} ${amount}`)
  await buyer.press(`Order and pay ${amount}`, { email: "somebody@rose-ash.example" })
  await buyer.press(`Pay ${amount}`)
  const paid = await buyer.follow("Back to merchant website")
  assert.strictEqual(paid.heading, "Thank you – your order is paid")
}

describe("what goes into the container", () => {
  it("is nothing that is made, kept or secret on one's own machine", () => {
    const isIgnored = ignored(root)
    const own = readFileSync(join(root, ".gitignore"), "utf8").trim().split("\n")
    for (const path of own.map((pattern) => pattern.replace("*", "some")))
      assert.isTrue(isIgnored(path), path)
    for (const path of [
      ".git/config",
      "packages/domain/node_modules/effect",
      "apps/cart-service/dist/main.js"
    ])
      assert.isTrue(isIgnored(path), path)
    for (const path of [
      "package.json",
      ".node-version",
      "config/app-config.yaml",
      "apps/cart-service/src/main.ts"
    ])
      assert.isFalse(isIgnored(path), path)
  })
})

describe("the production folder, made by the steps of the Dockerfile", () => {
  const folder = temporaryFolder()
  let image: Awaited<ReturnType<Build["run"]>>
  let database: Embedded
  beforeAll(async () => {
    ;[image, database] = await Promise.all([new Build(root, folder).run(), startEmbedded()])
  }, 240_000)
  afterAll(async () => {
    await database?.[Symbol.asyncDispose]()
    rmSync(folder, { recursive: true, force: true })
  }, 60_000)

  it("holds the service, its files and licences, and nothing of practice, demo or tests", () => {
    const home = join(image.root, image.workdir)
    const files = globSync("**/*", { cwd: home })
    for (const file of [
      "bin/main.js",
      "bin/app-config.yaml",
      "views/cart.ejs",
      "migrations/0001_foundation.sql"
    ])
      assert.include(files, file)
    assert.isFalse(files.some((path) => path.includes("node_modules")))
    const text = readFileSync(join(home, "bin/main.js"), "utf8")
    const foreign = /.*(practice-key|FakeSumUp|DemoCoop|sparticuz|fast-check).*/g
    assert.deepStrictEqual(text.match(foreign), null)
    const licences = readFileSync(join(home, "LICENCES"), "utf8")
    for (const name of ["effect", "express", "ejs", "nodemailer"]) assert.include(licences, `${name}\n\n`)
  })

  it("does not start without settings, and lists everything that is missing", async () => {
    const child = start(image, {})
    const { ended, output } = listen(child)
    assert.strictEqual(await ended, 1)
    for (const name of ["DATABASE_URL", "SECRET_KEY", "COOPERATIVE_SUMUP_KEY"])
      assert.include(output(), `${name} is missing`)
  }, 30_000)

  it("brings the tables up to date, serves a purchase, and stops when it is asked to", async () => {
    const ports = await freePorts()
    const env = settings(ports, database.url)
    const neighbours = await surroundings(ports, database.url)
    const child = start(image, env)
    const { ended, output } = listen(child)
    const isReady = () =>
      fetch(`${at(ports.cart)}/readyz`).then(
        ({ ok }) => ok,
        () => false
      )
    for (let tries = 0; tries < 300 && child.exitCode === null && !(await isReady()); tries++)
      await new Promise((resolve) => setTimeout(resolve, 100))
    assert.isTrue(await isReady(), output())
    const configuration = start(image, env, ["pages"])
    configuration.stdin.end(pages)
    assert.strictEqual(await listen(configuration).ended, 0)
    await buy(ports, "rose-ash/tote-bag", "Rose Ash", "£6.00")
    await buy(ports, "ash-bakery/rye-crackers", "Ash Bakery", "£2.40")
    child.kill("SIGTERM")
    assert.strictEqual(await ended, 0)
    const lines = output().trimEnd().split("\n")
    assert.include(lines.at(-1), '"message":"stopped"')
    for (const line of lines) assert.isObject(JSON.parse(line))
    for (const secret of ["practice-key", "practice-secret", "somebody@"]) assert.notInclude(output(), secret)
    await neighbours.close()
  }, 120_000)
})
