import { randomUUID } from "node:crypto"
import { FormClient } from "./formClient.ts"
import { rows } from "./sql.ts"
import type { TwoCarts } from "./twoCarts.ts"

/** What is known of an order, in the database and nowhere else. */
export interface Standing {
  readonly state: string
  readonly attempts: ReadonlyArray<string>
  readonly entries: ReadonlyArray<string>
  readonly events: ReadonlyArray<string>
  readonly cases: ReadonlyArray<string>
  readonly refunds: ReadonlyArray<string>
}
const standing = (id: string) => `SELECT o.state,
  ARRAY(SELECT a.state FROM cart.payment_attempt a WHERE a.order_id = o.id ORDER BY a.number) AS attempts,
  ARRAY(SELECT e.state FROM events.calendar_entry e WHERE e.order_id = o.id) AS entries,
  ARRAY(SELECT e.type FROM cart.event e WHERE e.order_id = o.id ORDER BY e.seq) AS events,
  ARRAY(SELECT c.reason FROM cart.money_case c WHERE c.order_id = o.id ORDER BY c.place) AS cases,
  ARRAY(SELECT r.state || ' ' || r.minor FROM cart.refund r WHERE r.order_id = o.id ORDER BY r.place) AS refunds
  FROM cart.orders o WHERE o.id = '${id}'`
const aged = (id: string, span: string) => `WITH a AS (UPDATE cart.payment_attempt
    SET created_at = created_at - interval '${span}', valid_until = valid_until - interval '${span}',
      last_read_at = last_read_at - interval '${span}' WHERE order_id = '${id}')
  UPDATE cart.orders SET version = version + 1, expires_at = expires_at - interval '${span}', due_at = now()
  WHERE id = '${id}' RETURNING id`
const slot = (page: string, name: string) => `
  WITH c AS (INSERT INTO events.calendar (id, page_id, name) VALUES ('${name}', '${page}', '${name}')),
    s AS (INSERT INTO events.slot (id, calendar_id, starts_at, ends_at, price_minor, currency)
      VALUES ('${name}', '${name}', now() + interval '9 days', now() + interval '10 days', 500, 'GBP'))
  INSERT INTO events.seat (slot_id, seat) VALUES ('${name}', 1)`

const patience = 60_000
let buyers = 0

/** Somebody who asked for the one place there is, and ordered it on a page for five pounds. */
export class OnePurchase {
  readonly buyer: FormClient
  readonly id: string
  readonly number: string
  readonly slot: string
  readonly #two: TwoCarts

  private constructor(two: TwoCarts, buyer: FormClient, order: { id: string; number: string }, slot: string) {
    this.#two = two
    this.buyer = buyer
    this.id = order.id
    this.number = order.number
    this.slot = slot
  }

  static async of(two: TwoCarts, page: string): Promise<OnePurchase> {
    const { databaseUrl, urls } = two.house
    const name = `slot-${randomUUID()}`
    const person = `person-${randomUUID()}`
    const session = await two.person(person)
    await rows(databaseUrl, slot(page, name))
    await rows(databaseUrl, `SELECT events.take('${name}', '${person}', NULL, interval '1 hour')`)
    buyers += 1
    // Each from somewhere else: nobody asks too often.
    const address = `10.6.${buyers >> 8}.${buyers % 256}`
    const buyer = FormClient.with(new URL(urls.cart), [`rose_session=${session}`], address)
    const email = `${person}@rose-ash.example`
    await buyer.open(`${urls.cart}/p/${page}/checkout`)
    await buyer.press("Order and pay £5.00", { email })
    const placed = `SELECT id, number FROM cart.orders WHERE email = '${email}'`
    const [order] = await rows<{ id: string; number: string }>(databaseUrl, placed)
    if (order === undefined) throw new Error(`Nothing was ordered: ${buyer.page.text}`)
    // A provider that did not answer in time is asked again, as the page says.
    for (const last = Date.now() + patience; buyer.page.url.origin !== urls.provider; ) {
      if (Date.now() > last) throw new Error(`No payment was opened: ${buyer.page.text}`)
      await new Promise((resolve) => setTimeout(resolve, 1000))
      await buyer.open(`${urls.cart}/orders/${order.number}`)
      await buyer.press("Pay £5.00")
    }
    return new OnePurchase(two, buyer, order, name)
  }

  /** The order's own page, at either process. */
  open(path = ""): ReturnType<FormClient["open"]> {
    return this.buyer.open(`${this.#two.house.urls.cart}/orders/${this.number}${path}`)
  }

  async standing(): Promise<Standing> {
    const [row] = await rows<Standing>(this.#two.house.databaseUrl, standing(this.id))
    if (row === undefined) throw new Error(`${this.number} is gone`)
    return row
  }

  /** Waits until it stands so; says how it stands when it does not come to it. */
  async until(is: (seen: Standing) => boolean, within = patience): Promise<Standing> {
    const deadline = Date.now() + within
    let seen = await this.standing()
    while (!is(seen)) {
      if (Date.now() > deadline) throw new Error(`${this.number} stands so: ${JSON.stringify(seen)}`)
      await new Promise((resolve) => setTimeout(resolve, 100))
      seen = await this.standing()
    }
    return seen
  }

  /** The same while time goes by twice: a look that was under way may put the next one off. */
  async untilAged(span: string, is: (seen: Standing) => boolean): Promise<Standing> {
    await this.ages(span)
    return this.until(is, 10_000).catch(async () => {
      await this.ages(span)
      return this.until(is)
    })
  }

  /** So much time goes by for this order, e.g. `40 minutes`. */
  async ages(span: string): Promise<void> {
    await rows(this.#two.house.databaseUrl, aged(this.id, span))
  }

  async #reference(): Promise<string> {
    const newest = `SELECT 'ra-' || id AS is FROM cart.payment_attempt WHERE order_id = '${this.id}'
      ORDER BY number DESC LIMIT 1`
    return (await rows<{ is: string }>(this.#two.house.databaseUrl, newest))[0]?.is ?? ""
  }

  async #provider(method: string, path: string, body: object = {}): Promise<{ readonly id?: unknown }> {
    const response = await fetch(`${this.#two.house.urls.provider}/_admin${path}`, {
      method,
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body)
    })
    if (!response.ok) throw new Error(`${path}: ${await response.text()}`)
    return JSON.parse(await response.text())
  }

  /** Something happens at the provider, as the buyer, a bank or its staff would do it. */
  async happens(event: string, body: object = {}): Promise<void> {
    await this.#provider("POST", `/checkouts/${await this.#reference()}/${event}`, body)
  }

  /** The provider fails at this order in that way; what is answered ends it. */
  async fails(fault: string, how: object = {}): Promise<() => Promise<unknown>> {
    const match = { reference: await this.#reference() }
    const { id } = await this.#provider("POST", "/faults", { fault, match, ...how })
    return () => this.#provider("DELETE", `/faults/${id}`)
  }
}
