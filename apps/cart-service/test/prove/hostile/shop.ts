import { createHash, randomUUID } from "node:crypto"
import { linkToken } from "@rose-ash/cart-domain/order/OrderLink"
import { Seeds } from "@rose-ash/cart-domain/testing/Seeds"
import { OrderNumber, type PageId } from "@rose-ash/cart-domain/text/Ids"
import { Effect, Redacted } from "effect"
import type { Browser } from "../../../../../packages/http-express/test/Browser.ts"
import type { Fake } from "../FakeProcess.ts"
import type { Rows } from "./rows.ts"

const emailOf = (name: string): string => `canary-${name}-${randomUUID().slice(0, 8)}@rose-ash.example`

/** A page with an item and a place in time, and people whom the blog knows. */
export const shopOf = (fake: Fake) =>
  Effect.gen(function* () {
    const seeds = yield* Seeds
    const page = yield* seeds.page({ name: "Ash Bakery" })
    const key = `practice-key-${page.id}`
    yield* Effect.promise(() => fake.addMerchant(`M-${page.id}`, key))
    const item = yield* seeds.item({ pageId: page.id })
    const person = (email: string, pages: ReadonlyArray<PageId>) =>
      Effect.map(
        seeds.person({ name: "Wren <b>", email, staff: { pages, treasurer: pages.length > 0 } }),
        ({ customer, session }) => ({ customer, session: Redacted.value(session) })
      )
    const mails = { customer: emailOf("customer"), guest: emailOf("guest"), staff: emailOf("staff") }
    const customer = yield* person(mails.customer, [])
    const staff = yield* person(mails.staff, [page.id])
    const slot = yield* seeds.slot({ pageId: page.id, capacity: 50 })
    const held = yield* seeds.hold({ slot, identity: customer.customer })
    return {
      page,
      key,
      item,
      mails,
      entry: held?.id ?? "",
      sessions: [customer.session, staff.session] as const
    }
  })
export type Shop = Effect.Success<ReturnType<typeof shopOf>>

export interface Placed {
  readonly id: string
  readonly number: string
}

/** Puts the item into the cart of a browser, orders it, and puts it there once more. */
export const ordered = async (browser: Browser, rows: Rows, { item, page }: Shop, email: string) => {
  const add = async (quantity: string): Promise<void> => {
    const form = { item: item.id, quantity, key: randomUUID() }
    const { status } = await browser.post("/cart/lines", form)
    if (status !== 303) throw new Error(`nothing was added: ${status}`)
  }
  await add("1")
  await browser.open(`/p/${page.id}/checkout`)
  await browser.post(`/p/${page.id}/checkout`, { ...browser.formOf(`/p/${page.id}/checkout`), email })
  const [placed] = await rows.ask<Placed>(
    `SELECT id, number FROM cart.orders WHERE email = '${email}' ORDER BY placed_at DESC LIMIT 1`
  )
  if (placed === undefined) throw new Error(`nothing was ordered: ${browser.text}`)
  await add("2")
  return placed
}

/** A link that opens this order for a day. */
export const linked = async (rows: Rows, { id, number }: Placed): Promise<string> => {
  const token = linkToken(OrderNumber.make(number), new Uint8Array(32).fill(7))
  const digest = createHash("sha256").update(token).digest("hex")
  await rows.ask(`INSERT INTO cart.order_grant (order_id, digest, expires_at)
    VALUES ('${id}', decode('${digest}', 'hex'), now() + interval '1 day')`)
  return token
}

/** What the service was told to call for an attempt, out of the provider's own books. */
export const webhookOf = async (fake: Fake): Promise<string> =>
  /webhooks\/sumup\/([\w.~-]+)/.exec(JSON.stringify(await fake.ledger()))?.[1] ?? ""

/** What a person would order now: the cart, its revision and its total. */
export const seenBy = async (rows: Rows, { id }: Placed) => {
  const [seen] = await rows.ask<{
    revision: string
    total: string
  }>(`SELECT c.id || '.' || c.revision AS revision,
      (SELECT coalesce(sum(l.quantity * 250), 0) FROM cart.cart_line l WHERE l.cart_id = c.id)::text AS total
    FROM cart.cart c JOIN cart.orders o ON o.page_id = c.page_id
      AND (o.customer_id = c.customer_id OR o.visitor_id = c.visitor_id) WHERE o.id = '${id}' LIMIT 1`)
  return seen ?? { revision: `${randomUUID()}.1`, total: "250" }
}
