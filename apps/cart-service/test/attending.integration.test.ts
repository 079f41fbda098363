import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import { FormClient } from "./formClient.ts"
import { OwnHouse } from "./ownHouse.ts"
import { rows } from "./sql.ts"

const reason = { reason: "agreed by telephone" }

interface Money {
  readonly state: string
  readonly cases: ReadonlyArray<string | null>
  readonly refunds: ReadonlyArray<string>
  readonly audit: ReadonlyArray<string>
}
const money = (number: string) => `SELECT o.state,
  ARRAY(SELECT c.answer FROM cart.money_case c WHERE c.order_id = o.id ORDER BY c.place) AS cases,
  ARRAY(SELECT r.state FROM cart.refund r WHERE r.order_id = o.id ORDER BY r.place) AS refunds,
  ARRAY(SELECT a.action || ': ' || a.reason FROM cart.audit a WHERE a.subject = o.id::text
    AND a.actor LIKE 'Ada Ashworth%' ORDER BY a.id) AS audit
  FROM cart.orders o WHERE o.number = '${number}'`

describe("money that needs a person, through the whole house", () => {
  let house: OwnHouse
  let ada: FormClient
  const login = async (name: string) => {
    const client = new FormClient()
    await client.open(`${house.urls.blog}/login`)
    await client.press(`Log in as ${name}`)
    return client
  }
  beforeAll(async () => {
    house = await OwnHouse.open()
    ada = await login("Ada Ashworth")
  }, 120_000)
  afterAll(() => house?.close(), 60_000)

  const fault = (name: string) =>
    fetch(`${house.urls.provider}/_admin/faults`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ fault: name })
    })
  /** Up to the provider's page; the number of the order. */
  const ordered = async (): Promise<string> => {
    const buyer = new FormClient()
    await buyer.open(`${house.urls.market}/ash-bakery/sourdough-loaf`)
    await buyer.press("Add Sourdough loaf to cart", { quantity: "2" })
    await buyer.follow("Your cart")
    await buyer.follow("Pay Ash Bakery £8.40")
    await buyer.press("Order and pay £8.40", { email: "somebody@rose-ash.example" })
    const [newest] = await rows<{ number: string }>(
      house.databaseUrl,
      "SELECT number FROM cart.orders ORDER BY placed_at DESC LIMIT 1"
    )
    paying = buyer
    return newest?.number ?? ""
  }
  let paying = new FormClient()
  const of = async (number: string): Promise<Money | undefined> =>
    (await rows<Money>(house.databaseUrl, money(number)))[0]
  const pageOf = (number: string) => `${house.urls.cart}/staff/orders/${number}`
  const refundedAtProvider = async (): Promise<number> => {
    const ledger: { readonly refunds: ReadonlyArray<{ readonly amount_minor: number }> } = JSON.parse(
      await (await fetch(`${house.urls.provider}/_admin/ledger`)).text()
    )
    return ledger.refunds.reduce((sum, { amount_minor }) => sum + amount_minor, 0)
  }

  it("a payment made twice is sent back once, whatever becomes of the answer", async () => {
    const number = await ordered()
    await paying.press("Pay twice")
    await ada.until(pageOf(number), ({ text }) => text.includes("although the order was paid already"))
    await fault("refund-done-but-timeout")
    const before = await refundedAtProvider()
    await ada.press("Yes, send it back", reason)
    await ada.until(pageOf(number), ({ text }) => text.includes("Nothing about this order’s money is open"))
    assert.strictEqual((await refundedAtProvider()) - before, 840)
    const now = await of(number)
    assert.deepStrictEqual([now?.state, now?.cases, now?.refunds], ["paid", ["refunded"], ["done"]])
    assert.deepStrictEqual(now?.audit, [`refund.ask: ${reason.reason}`])
  }, 90_000)

  it("a wrong amount is closed with a reason; to staff of another page there is nothing", async () => {
    const number = await ordered()
    await paying.press("Pay a wrong amount")
    await ada.until(pageOf(number), ({ text }) => text.includes("does not agree with what was asked for"))
    const ben = await login("Ben Barrow")
    assert.strictEqual((await ben.open(pageOf(number))).status, 404)
    assert.notInclude((await ben.open(`${house.urls.cart}/staff/attention`)).text, number)
    await ada.press("Yes, close it", reason)
    const now = await of(number)
    assert.deepStrictEqual([now?.cases, now?.audit], [["written_off"], [`case.resolve: ${reason.reason}`]])
  }, 60_000)

  it("cash is recorded by hand, and the payment page is closed by then", async () => {
    const number = await ordered()
    await ada.open(pageOf(number))
    await ada.press("Yes, it is paid", { ...reason, name: "receipt 12" })
    const now = await of(number)
    assert.deepStrictEqual([now?.state, now?.audit], ["paid", [`order.paid_by_hand: ${reason.reason}`]])
  }, 60_000)
})
