import { mkdirSync, readFileSync, rmSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { startAtHome } from "@rose-ash/cart-adapters-postgres/embeddedHome"
import { Child, type Plan } from "@rose-ash/house/Child"
import { configuration, plans } from "@rose-ash/house/plans"
import { diedWith, untilReady } from "@rose-ash/house/readiness"
import { addresses, type Settings } from "@rose-ash/house/Settings"
import { furnishedFolder, isMovedIn } from "./cluster.ts"
import { compiled } from "./compiled.ts"
import { freePorts, type Ports } from "./house.ts"
import { settingsOf } from "./ownSettings.ts"
import { killed } from "./processes.ts"

const root = fileURLToPath(new URL("../../..", import.meta.url))
const crashing = fileURLToPath(new URL("./crashingService.ts", import.meta.url))
const dyingMost = 20_000

/** Each buyer has an address of its own, and what the provider tries again it tries again soon. */
const trial = {
  ...compiled,
  TRUST_PROXY: "1",
  FAKE_SUMUP_WEBHOOK_SCALE: "60",
  PRACTICE_RISE_SECONDS: "0"
}
/**
 * The parts of the house in the hands of a test: its cart service can be killed, restarted, and replaced by
 * one that dies at a given point. PostgreSQL, the practice provider and the practice cooperative go on.
 */
export class OwnHouse {
  readonly urls: { readonly [name in keyof Ports]: string }
  readonly databaseUrl: string
  readonly #folder: string
  readonly #settings: Settings
  readonly #ends: Array<() => PromiseLike<unknown>> = []
  readonly #logs: Array<string> = []
  #cart: Child | undefined
  #cooperative: Child | undefined

  private constructor(folder: string, ports: Ports, databaseUrl: string) {
    this.#folder = folder
    this.#settings = settingsOf(ports, databaseUrl)
    this.urls = addresses(ports)
    this.databaseUrl = databaseUrl
  }

  /** Starts every part on ports of its own, in a folder of its own, and waits until each is ready. */
  static async open(): Promise<OwnHouse> {
    const folder = furnishedFolder()
    mkdirSync(join(folder, "logs"))
    const database = await startAtHome(folder).catch((error: unknown) => {
      rmSync(folder, { recursive: true, force: true })
      throw error
    })
    const house = new OwnHouse(folder, await freePorts(), database.url)
    house.#ends.push(() => database[Symbol.asyncDispose]())
    try {
      await house.#furnish()
    } catch (error) {
      await house.close()
      throw error
    }
    return house
  }

  /**
   * Starts the cart service: as it is, or one that dies at a point. With a file, one that appends to it every
   * point it comes by.
   */
  async startCart(dyingAt?: string, points = ""): Promise<void> {
    const plan = plans.cart(this.#settings, this.#place)
    const dying = {
      ...plan,
      script: crashing,
      env: { ...plan.env, CRASH_AT: dyingAt ?? "", CRASH_POINTS: points }
    }
    this.#keepLog()
    const cart = this.#run(dyingAt === undefined ? plan : dying)
    this.#cart = cart
    const ready = untilReady(cart, [`${this.urls.cart}/readyz`])
    // What it finds to do at once may bring it to its point before anybody asks whether it is ready.
    await (dyingAt === undefined ? ready : ready.catch(() => cart.ended))
  }

  /** Starts one more process of the service beside the first, as behind a balancer; returns its address. */
  async startSecond(): Promise<string> {
    const { cart } = await freePorts()
    const plan = plans.cart(this.#settings, this.#place)
    const own = { ...plan, log: `${plan.log}.second`, env: { ...plan.env, PORT: String(cart) } }
    const url = `http://localhost:${cart}`
    await this.#part(own, [`${url}/readyz`])
    return url
  }

  killCart(): Promise<unknown> {
    return killed(this.#cart)
  }

  /** kill -9 of blog, market and events, which then start again. */
  async killCooperative(): Promise<void> {
    await killed(this.#cooperative)
    await this.#startCooperative()
  }

  /** What the cart service is told, for a command of an operator. */
  get cartEnvironment(): Plan["env"] {
    return plans.cart(this.#settings, this.#place).env
  }

  /** Stops the service as an operator would. */
  async stopCart(): Promise<void> {
    await this.#cart?.stop()
  }

  /** Stops the service as an operator would, and starts it again. */
  async restartCart(): Promise<void> {
    await this.stopCart()
    await this.startCart()
  }

  /** Until the service is no more, whatever ended it. */
  async cartEnded(): Promise<void> {
    await this.#cart?.ended
  }

  /** Waits until the service has died at its point; fails when it lives on, or ended otherwise. */
  async cartDied(): Promise<void> {
    const living = new Promise<"alive">((resolve) => setTimeout(resolve, dyingMost, "alive").unref())
    const code = await Promise.race([this.#cart?.ended, living])
    if (code !== null) throw new Error(`The fault never fired (${code}): ${this.#cart?.lastWords()}`)
  }

  /** What every cart service so far logged as an error, a line each. */
  errors(): ReadonlyArray<string> {
    this.#keepLog()
    return this.#logs.flatMap((text) =>
      text.split("\n").filter((line) => /"level":"(error|fatal)"|^\s*at |Error:/.test(line))
    )
  }

  /** Stops everything, who calls before who is called; returns the folder that it leaves. */
  async leave(): Promise<string> {
    await this.#cart?.stop()
    for (const end of this.#ends.toReversed()) await end()
    return this.#folder
  }

  /** Stops everything, and throws away what was kept. */
  async close(): Promise<void> {
    rmSync(await this.leave(), { recursive: true, force: true })
  }

  #keepLog(): void {
    if (this.#cart !== undefined) this.#logs.push(readFileSync(this.#cart.plan.log, "utf8"))
  }

  get #place() {
    return { folder: this.#folder, databaseUrl: this.databaseUrl }
  }

  async #furnish(): Promise<void> {
    const provider = this.#part(plans.provider(this.#settings, this.#place), [
      `${this.urls.provider}/_admin/ready`
    ])
    await this.#configure()
    this.#ends.push(async () => this.#cooperative?.stop())
    await Promise.all([provider, this.#startCooperative(), this.startCart()])
  }

  /** The tables and pages, which a furnished folder has already. */
  async #configure(): Promise<void> {
    if (await isMovedIn(this.databaseUrl, this.urls.market)) return
    const pages = this.#run(configuration(this.#settings, this.#place))
    const code = await pages.ended
    if (code !== 0) throw diedWith(pages, code)
  }

  async #startCooperative(): Promise<void> {
    const { blog, events, market } = this.urls
    const cooperative = this.#run(plans.cooperative(this.#settings, this.#place))
    this.#cooperative = cooperative
    await untilReady(
      cooperative,
      [blog, market, events].map((url) => `${url}/readyz`)
    )
  }

  #run(plan: Plan): Child {
    return new Child({ ...plan, env: { ...plan.env, ...trial } }, root)
  }

  #part(plan: Plan, urls: ReadonlyArray<string>): Promise<void> {
    const child = this.#run(plan)
    this.#ends.push(() => child.stop())
    return untilReady(child, urls)
  }
}
