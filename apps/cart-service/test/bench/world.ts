import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { PgClient } from "@effect/sql-pg"
import { startAtHome } from "@rose-ash/cart-adapters-postgres/embeddedHome"
import { Effect, Redacted } from "effect"
import { PgProxy } from "../../../../packages/adapters-postgres/test/PgProxy.ts"
import { temporaryFolder } from "../house.ts"
import { startFake } from "../prove/FakeProcess.ts"
import { freePort } from "../prove/service.ts"
import type { System } from "./load.ts"
import { pastOrders, visitors } from "./seed.ts"
import { bakery, connections, cooperative, environment, pages } from "./settings.ts"
import type { Told } from "./told.ts"

const own = fileURLToPath(new URL("../..", import.meta.url))
const floorScript = fileURLToPath(new URL("./floor.ts", import.meta.url))
const siblings = new URL(import.meta.resolve("@rose-ash/cart-adapters-postgres/siblings.sql"))
const patience = 60_000
/** What the container tells Node. */
const entrypoint = new URL("../../../../entrypoint.sh", import.meta.url)
const flags = /^exec node (.*) bin\/main\.js/m.exec(readFileSync(entrypoint, "utf8"))?.[1]?.split(" ") ?? []

/** Every statement in a session of its own, which nothing limits. */
const execute = (url: string, statements: ReadonlyArray<string>): Promise<unknown> =>
  Effect.forEach(statements, (text) => Effect.flatMap(PgClient.PgClient, (sql) => sql.unsafe(text))).pipe(
    Effect.provide(PgClient.layer({ url: Redacted.make(url), maxConnections: 1 })),
    Effect.runPromise
  )

const ready = async (child: ChildProcess, url: string): Promise<void> => {
  for (const end = performance.now() + patience; performance.now() < end; ) {
    if (child.exitCode !== null) throw new Error(`It ended with ${child.exitCode}: see its log`)
    const answered = await fetch(url).then(
      () => true,
      () => false
    )
    if (answered) return
    await new Promise((resolve) => setTimeout(resolve, 30))
  }
  throw new Error(`${url} is silent`)
}

/** The service as it is built, the floor, and what both stand on. Everything ends with it. */
export class World implements AsyncDisposable {
  readonly databaseUrl: string
  readonly #folder: string
  readonly #provider: string
  readonly #ends: Array<() => PromiseLike<unknown>>

  private constructor(
    folder: string,
    databaseUrl: string,
    provider: string,
    ends: Array<() => PromiseLike<unknown>>
  ) {
    this.#folder = folder
    this.databaseUrl = databaseUrl
    this.#provider = provider
    this.#ends = ends
  }

  /**
   * A durable database with so many visitors, their carts and past orders, what more is to be there, and the
   * practice provider.
   */
  static async open(people: number, orders: number, more: ReadonlyArray<string>): Promise<World> {
    const folder = temporaryFolder()
    mkdirSync(join(folder, "logs"))
    const database = await startAtHome(folder)
    const fake = await startFake()
    const ends = [() => database[Symbol.asyncDispose](), () => fake.close()]
    const world = new World(folder, database.url, fake.url, ends)
    try {
      await world.#furnish(fake, [...visitors(1, people), ...pastOrders(orders, people), ...more])
    } catch (error) {
      await world[Symbol.asyncDispose]()
      throw error
    }
    return world
  }

  /** The service on a port of its own. With `through`, its statements take another way to the database. */
  async service(through = this.databaseUrl, node: ReadonlyArray<string> = []): Promise<System> {
    const port = await freePort()
    const child = this.#spawn(
      "service",
      [...flags, ...node, "dist/production/bin/main.js", "serve"],
      environment({ port, databaseUrl: through, provider: this.#provider })
    )
    await ready(child, `http://127.0.0.1:${port}/readyz`)
    return { name: "service", port, pid: child.pid ?? 0 }
  }

  /** The database as it was seeded, once more: whoever writes otherwise writes there. */
  async copy(name: string): Promise<string> {
    const url = (database: string): string => {
      const other = new URL(this.databaseUrl)
      other.pathname = `/${database}`
      return other.href
    }
    const from = new URL(this.databaseUrl).pathname.slice(1)
    await execute(url("template1"), [`CREATE DATABASE ${name} TEMPLATE ${from} STRATEGY file_copy`])
    return url(name)
  }

  /** The floor, with what the service says to its database; the service stands still while it is asked. */
  async floor(
    operations: Told["operations"],
    databaseUrl: string,
    still: ReadonlyArray<number>
  ): Promise<System> {
    const port = await freePort()
    const told: Told = {
      operations,
      of: [port, databaseUrl, connections, cooperative],
      provider: { url: this.#provider, key: bakery.apiKey, merchant: bakery.merchantCode }
    }
    const file = join(this.#folder, "floor.json")
    writeFileSync(file, JSON.stringify(told))
    const child = this.#spawn("floor", ["--conditions=@rose-ash/source", floorScript], {
      // Not "production": then it would not say what went wrong.
      FLOOR: file
    })
    await ready(child, `http://127.0.0.1:${port}/`)
    return { name: "floor", port, pid: child.pid ?? 0, still }
  }

  /** What the service sends to the database: each text, as often as it is sent. */
  async listening<A>(use: (system: System, proxy: PgProxy) => Promise<A>): Promise<A> {
    const proxy = new PgProxy(this.databaseUrl)
    const system = await this.service(await proxy.listen())
    try {
      return await use(system, proxy)
    } finally {
      process.kill(system.pid, "SIGKILL")
      await proxy.close()
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const end of this.#ends.toReversed()) await end()
    rmSync(this.#folder, { recursive: true, force: true })
  }

  async #furnish(fake: Awaited<ReturnType<typeof startFake>>, seed: ReadonlyArray<string>): Promise<void> {
    const tables = readFileSync(siblings, "utf8")
    await execute(this.databaseUrl, [`DO $apply$ BEGIN EXECUTE $siblings$${tables}$siblings$; END $apply$`])
    await this.#command(["migrate"])
    for (const { apiKey, merchantCode } of pages) await fake.addMerchant(merchantCode, apiKey)
    await this.#command(["pages"], JSON.stringify(pages))
    await execute(this.databaseUrl, [...seed, "ANALYZE", "CHECKPOINT"])
  }

  async #command(args: ReadonlyArray<string>, input = ""): Promise<void> {
    const child = this.#spawn(
      args.join(" "),
      ["dist/production/bin/main.js", ...args],
      environment({ port: 0, databaseUrl: this.databaseUrl, provider: this.#provider })
    )
    child.stdin?.end(input)
    const [code] = child.exitCode === null ? await once(child, "exit") : [child.exitCode]
    if (code !== 0) throw new Error(`${args.join(" ")} ended with ${code}: ${this.#said(args.join(" "))}`)
  }

  #said(name: string): string {
    return readFileSync(join(this.#folder, "logs", name), "utf8").slice(-2000)
  }

  #spawn(name: string, args: ReadonlyArray<string>, env: Readonly<Record<string, string>>): ChildProcess {
    const log = openSync(join(this.#folder, "logs", name), "a")
    const { PATH = "" } = process.env
    const child = spawn(process.execPath, args, {
      cwd: own,
      env: { PATH, ...env },
      stdio: ["pipe", log, log]
    })
    this.#ends.push(async () => {
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill("SIGTERM")
      await once(child, "exit")
    })
    return child
  }
}
