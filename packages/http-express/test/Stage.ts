import { Identities } from "@rose-ash/cart-domain/identity/Identities"
import type { Identity } from "@rose-ash/cart-domain/identity/Identity"
import { money } from "@rose-ash/cart-domain/money/Money"
import type { Order } from "@rose-ash/cart-domain/order/Order"
import { Orders } from "@rose-ash/cart-domain/order/Orders"
import type { PageConfig } from "@rose-ash/cart-domain/page/PageConfig"
import type { PaymentAttempt } from "@rose-ash/cart-domain/payment/PaymentAttempt"
import { Scripted } from "@rose-ash/cart-domain/testing/Scripted"
import { type ItemSeed, type PageSeed, Seeds } from "@rose-ash/cart-domain/testing/Seeds"
import { at, World, wrote } from "@rose-ash/cart-domain/testing/World"
import type { ItemId, PageId } from "@rose-ash/cart-domain/text/Ids"
import { Effect, HashMap, Redacted } from "effect"
import type { ExpressConfig } from "../src/Express.ts"
import type { Browser } from "./Browser.ts"
import { type Service, serve } from "./Service.ts"

let forms = 0
const market = "http://market.test"

/** A cooperative of a few pages, and one person in front of a browser. */
export class Stage {
  readonly service: Service
  readonly browser: Browser

  constructor(service: Service) {
    this.service = service
    this.browser = service.browser()
  }

  static async open(more: Partial<ExpressConfig> = {}): Promise<Stage> {
    return new Stage(await serve(more))
  }

  page(of: PageSeed): Promise<PageConfig> {
    const { run } = this.service
    return run(
      Effect.gen(function* () {
        const made = yield* (yield* Seeds).page({ contact: "hello@ashbakery.example", ...of })
        const page = { ...made, url: `${market}/${made.id}` }
        const world = yield* World
        return yield* world.step("Stage.page", (state) =>
          wrote(page, { ...state, pages: HashMap.set(state.pages, page.id, page) })
        )
      })
    )
  }

  item(pageId: PageId, name: string, minor: number, more: Omit<ItemSeed, "pageId"> = {}): Promise<ItemId> {
    const { run } = this.service
    return run(
      Effect.gen(function* () {
        const world = yield* World
        const page = at((yield* world.peek).pages, pageId)
        const price = money(minor, page?.currency ?? "GBP")
        const made = yield* (yield* Seeds).item({ pageId, name, price, taxRate: 500, ...more })
        const picture = `http://pictures.test/${encodeURIComponent(name)}.svg`
        const item = { ...made, url: `${market}/${pageId}/${made.id}`, picture }
        return yield* world.step("Stage.item", (state) =>
          wrote(item.id, { ...state, items: HashMap.set(state.items, item.id, item) })
        )
      })
    )
  }

  /** As a sibling's form does. */
  add(item: ItemId, quantity = 1) {
    forms += 1
    const fields = { item, quantity: String(quantity), key: `form-${String(forms).padStart(8, "0")}` }
    return this.browser.post("/cart/lines", fields, { origin: market, "sec-fetch-site": "same-site" })
  }

  /** Who the browser is to the cart, after its first write. */
  async identity(): Promise<Identity> {
    const cookie = (name: string) => {
      const value = this.browser.jar.get(name)
      return value === undefined ? null : Redacted.make(value)
    }
    const presented = { token: cookie("cart") ?? cookie("__Host-cart"), session: cookie("rose_session") }
    const { identity } = await this.service.run(
      Effect.flatMap(Identities, (identities) => identities.recognise(presented))
    )
    if (identity === null) throw new Error("nobody wrote anything")
    return identity
  }

  /** A place in time, asked for and held. */
  async place(pageId: PageId, name: string, minor: number, identity: Identity, span?: number) {
    return this.service.run(
      Effect.gen(function* () {
        const seeds = yield* Seeds
        const world = yield* World
        const slot = yield* seeds.slot({ pageId, capacity: 2, price: money(minor, "GBP") })
        const made = yield* seeds.hold({ slot, identity, ...(span === undefined ? {} : { span }) })
        if (made === null) return yield* Effect.die("no seat")
        const entry = { ...made, name, url: "http://events.test/pottery" }
        yield* world.step("Stage.place", (state) => {
          const row = at(state.entries, made.id)
          const entries =
            row === undefined ? state.entries : HashMap.set(state.entries, made.id, { ...row, entry })
          return wrote(undefined, { ...state, entries })
        })
        return entry
      })
    )
  }

  async logIn(name = "Wren Ashdown", email: string | null = "wren@example.org") {
    const { customer, session } = await this.service.run(
      Effect.flatMap(Seeds, (seeds) => seeds.person({ name, email }))
    )
    this.browser.jar.set("rose_session", Redacted.value(session))
    return customer
  }

  seeds<A, E>(act: (seeds: Seeds["Service"]) => Effect.Effect<A, E>): Promise<A> {
    return this.service.run(Effect.flatMap(Seeds, act))
  }
  scripted<A, E>(act: (scripted: Scripted["Service"]) => Effect.Effect<A, E>): Promise<A> {
    return this.service.run(Effect.flatMap(Scripted, act))
  }

  /** From the cart to the payment page. */
  async order(pageId: PageId, email = "wren@example.org"): Promise<Order> {
    await this.browser.open(`/p/${pageId}/checkout`)
    const form = this.browser.formOf(`/p/${pageId}/checkout`)
    await this.browser.submit(`/p/${pageId}/checkout`, { ...form, email })
    return this.newest()
  }

  /** The browser's orders, newest first. */
  async orders(): Promise<ReadonlyArray<Order>> {
    const query = { identity: await this.identity(), pageId: null, year: null, cursor: null, limit: 100 }
    const { orders } = await this.service.run(Effect.flatMap(Orders, (orders) => orders.list(query)))
    return orders
  }
  async newest(): Promise<Order> {
    const [order] = await this.orders()
    if (order === undefined) throw new Error("no order was placed")
    return order
  }

  /** The order as it is, whatever the rules say. */
  change(order: Order, change: Partial<Order>): Promise<Order> {
    return this.service.run(
      Effect.flatMap(World, (world) =>
        world.step("Stage.change", (state) => {
          const row = at(state.orders, order.id)
          const next = { ...(row?.order ?? order), ...change }
          const orders =
            row === undefined ? state.orders : HashMap.set(state.orders, order.id, { ...row, order: next })
          return wrote(next, { ...state, orders })
        })
      )
    )
  }
}

export const attemptOf = (order: Order): PaymentAttempt => {
  const attempt = order.attempts.at(-1)
  if (attempt === undefined) throw new Error("no attempt")
  return attempt
}
