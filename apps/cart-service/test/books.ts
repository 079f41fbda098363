import { assert } from "@effect/vitest"
import type { OwnHouse } from "./ownHouse.ts"
import { rows } from "./sql.ts"

/** Money that came, as either side tells it. */
interface Received {
  readonly id: string
  readonly minor: number
  readonly currency: string
  readonly merchant: string
}

interface OrderRow {
  readonly number: string
  readonly state: string
  readonly total: number
  readonly paidBy: string | null
  readonly references: ReadonlyArray<string>
  readonly payments: ReadonlyArray<Received>
  readonly events: ReadonlyArray<string>
  readonly cases: number
  readonly live: number
}

interface Ledger {
  readonly checkouts: ReadonlyArray<{
    readonly checkout_reference: string
    readonly status: string
    readonly amount_minor: number
  }>
  readonly transactions: ReadonlyArray<{
    readonly id: string
    readonly checkout_reference: string
    readonly status: string
    readonly amount_minor: number
    readonly currency: string
    readonly merchant_code: string
  }>
}

const payments = `SELECT p.id, p.minor::int AS minor, p.currency::text AS currency, a.merchant_code AS merchant
  FROM cart.payment p JOIN cart.payment_attempt a ON a.id = p.attempt_id`

const ordersOf = (
  email: string
) => `SELECT o.number, o.state, o.total_minor::int AS total, o.paid_by AS "paidBy",
  ARRAY(SELECT 'ra-' || a.id FROM cart.payment_attempt a WHERE a.order_id = o.id) AS references,
  (SELECT coalesce(json_agg(p), '[]') FROM (${payments} WHERE p.order_id = o.id ORDER BY p.place) p) AS payments,
  ARRAY(SELECT e.type FROM cart.event e WHERE e.order_id = o.id ORDER BY e.seq) AS events,
  (SELECT count(*)::int FROM cart.money_case c WHERE c.order_id = o.id) AS cases,
  (SELECT count(*)::int FROM cart.payment_attempt a WHERE a.order_id = o.id AND a.state IN ('created', 'open')) AS live
  FROM cart.orders o WHERE o.email = '${email}'`

/** The practice provider's own books. */
const ledgerOf = async ({ urls }: OwnHouse): Promise<Ledger> =>
  JSON.parse(await (await fetch(`${urls.provider}/_admin/ledger`)).text())

const received = ({ transactions }: Ledger): ReadonlyArray<Received & { readonly reference: string }> =>
  transactions
    .filter(({ status }) => status === "SUCCESSFUL")
    .map(({ amount_minor, checkout_reference, currency, id, merchant_code }) => ({
      id: `sumup:${id}`,
      minor: amount_minor,
      currency,
      merchant: merchant_code,
      reference: checkout_reference
    }))

const inOrder = (money: ReadonlyArray<Received>): ReadonlyArray<Received> =>
  money
    .map(({ currency, id, merchant, minor }) => ({ id, minor, currency, merchant }))
    .toSorted((one, other) => one.id.localeCompare(other.id))

/** The one order that was placed with this e-mail address; fails when there is none, or more than one. */
export const orderOf = async (house: OwnHouse, email: string): Promise<OrderRow> => {
  const [order, ...more] = await rows<OrderRow>(house.databaseUrl, ordersOf(email))
  assert.deepStrictEqual(more, [], `${email} has more than one order`)
  if (order === undefined) throw new Error(`${email} has no order`)
  return order
}

/**
 * One order, one payment: the order of this address is paid by one transaction, which is the only one that
 * the provider has of it, to the penny; each reference stands for one checkout; nothing is left open.
 */
export const paidOnce = async (house: OwnHouse, email: string): Promise<OrderRow> => {
  const order = await orderOf(house, email)
  const ledger = await ledgerOf(house)
  const mine = received(ledger).filter(({ reference }) => order.references.includes(reference))
  const [taken, ...twice] = mine
  if (taken === undefined) throw new Error(`The provider has no money of ${order.number}`)
  assert.deepStrictEqual(twice, [], `${order.number} was paid more than once`)
  assert.deepStrictEqual(inOrder(order.payments), inOrder(mine))
  assert.deepInclude(order, { state: "paid", paidBy: taken.id, total: taken.minor, cases: 0, live: 0 })
  assert.deepStrictEqual(order.events, ["order.created", "order.paid"])
  const checkouts = ledger.checkouts.filter((one) => order.references.includes(one.checkout_reference))
  const references = checkouts.map(({ checkout_reference }) => checkout_reference)
  assert.lengthOf(references, new Set(references).size, "two checkouts of one reference")
  assert.lengthOf(
    checkouts.filter(({ status }) => status === "PAID"),
    1
  )
  for (const { amount_minor } of checkouts) assert.strictEqual(amount_minor, order.total)
  return order
}

/** Every successful transaction of the provider is one payment here, and every payment is one of them. */
export const booksAgree = async (house: OwnHouse): Promise<void> => {
  const here = await rows<Received>(house.databaseUrl, payments)
  assert.isAbove(here.length, 0)
  assert.deepStrictEqual(inOrder(here), inOrder(received(await ledgerOf(house))))
}

/** How often the faults of this name struck this order's checkouts. */
export const strikes = async (house: OwnHouse, fault: string, email: string): Promise<number> => {
  const { references } = await orderOf(house, email)
  const { rules }: { readonly rules: ReadonlyArray<Rule> } = JSON.parse(
    await (await fetch(`${house.urls.provider}/_admin/faults`)).text()
  )
  const mine = rules.filter((rule) => rule.fault === fault && references.includes(rule.match.reference ?? ""))
  return mine.reduce((sum, { fired }) => sum + fired, 0)
}

interface Rule {
  readonly fault: string
  readonly match: { readonly reference?: string }
  readonly fired: number
}
