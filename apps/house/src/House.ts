import { Child, type Plan } from "./Child.ts"
import { HouseFailed } from "./HouseFailed.ts"
import { configuration, type Place, plans } from "./plans.ts"
import { diedWith, untilReady } from "./readiness.ts"
import type { Ports, Settings } from "./Settings.ts"
import { type Database, openDatabase } from "./storage.ts"

/** The processes that go on, in the order they are started; stopped the other way round. */
const partNames = ["provider", "cooperative", "cart"] as const
export type PartName = (typeof partNames)[number]

/** Where each part says that it is ready. */
const readiness = (ports: Ports): { readonly [name in PartName]: ReadonlyArray<string> } => ({
  provider: [`http://127.0.0.1:${ports.provider}/_admin/ready`],
  cooperative: [ports.blog, ports.market, ports.events].map((port) => `http://127.0.0.1:${port}/readyz`),
  cart: [`http://127.0.0.1:${ports.cart}/readyz`]
})

/** Everything that runs: a database, the practice provider, the practice cooperative and the cart service. */
export class House {
  readonly #settings: Settings
  readonly #folder: string
  readonly #root: string
  readonly #failed: (failure: HouseFailed) => void
  readonly #running = new Map<PartName | "configuration", Child>()
  #database: Promise<Database> | undefined
  #stopped: Promise<void> | undefined

  /** Tells `failed` of every part that ends by itself once it was ready. */
  constructor(
    settings: Settings,
    place: { readonly folder: string; readonly root: string },
    failed: (failure: HouseFailed) => void
  ) {
    this.#settings = settings
    this.#folder = place.folder
    this.#root = place.root
    this.#failed = failed
  }

  /**
   * Resolves when every part answers. Rejects with what went wrong; `stop` then clears away what was
   * started.
   */
  async start(): Promise<void> {
    const database = openDatabase(this.#settings, this.#folder)
    this.#database = database
    const provider = this.#settings.sumUpBaseUrl === null ? this.#up("provider") : undefined
    const others = database.then(async () => {
      await this.#configure()
      await Promise.all([this.#up("cooperative"), this.#up("cart")])
    })
    await Promise.all([provider, others])
  }

  /** Stops a part and starts it as it is now in the sources. */
  async restart(name: PartName): Promise<void> {
    await this.#running.get(name)?.stop()
    await this.#up(name)
  }

  /** Stops everything: who calls before who is called, the database last. Twice is once. */
  stop(): Promise<void> {
    this.#stopped ??= this.#stop()
    return this.#stopped
  }

  async #stop(): Promise<void> {
    await this.#running.get("configuration")?.stop()
    for (const name of partNames.toReversed()) await this.#running.get(name)?.stop()
    const database = await this.#database?.catch(() => undefined)
    await database?.close()
  }

  async #place(): Promise<Place> {
    const database = await this.#database
    return { folder: this.#folder, databaseUrl: database?.url ?? "" }
  }

  #run(name: PartName | "configuration", plan: Plan): Child {
    if (this.#stopped !== undefined) throw new HouseFailed([])
    const child = new Child(plan, this.#root)
    this.#running.set(name, child)
    return child
  }

  async #configure(): Promise<void> {
    const child = this.#run("configuration", configuration(this.#settings, await this.#place()))
    const code = await child.ended
    this.#running.delete("configuration")
    if (code !== 0) throw this.#unlessStopped(diedWith(child, code))
  }

  /** Whoever asked for the end need not be told of it. */
  #unlessStopped(error: unknown): unknown {
    return this.#stopped === undefined ? error : new HouseFailed([])
  }

  async #up(name: PartName): Promise<void> {
    // The provider needs no database and does not wait for it.
    const place = name === "provider" ? { folder: this.#folder, databaseUrl: "" } : await this.#place()
    const child = this.#run(name, plans[name](this.#settings, place))
    await untilReady(child, readiness(this.#settings.ports)[name]).catch((error: unknown) => {
      throw this.#unlessStopped(error)
    })
    void child.ended.then((code) => {
      if (!child.isAsked) this.#failed(diedWith(child, code))
    })
  }
}
