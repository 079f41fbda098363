import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import { booksAgree } from "./books.ts"
import { FormClient } from "./formClient.ts"
import { OnePurchase, type Standing } from "./onePurchase.ts"
import { rows } from "./sql.ts"
import { TwoCarts } from "./twoCarts.ts"

const reason = { reason: "agreed by telephone" }
const deadline = "40 minutes"
const hasCase = ({ cases }: Standing) => cases.length > 0
const is =
  (state: string) =>
  (seen: Standing): boolean =>
    seen.state === state

/** The rows of the table of moves that end otherwise than by a payment in time; the others have their own. */
describe.concurrent("every row of the table of moves, through two processes of the house", () => {
  let two: TwoCarts
  let staff: FormClient
  beforeAll(async () => {
    two = await TwoCarts.open()
    const session = await two.person("treasurer-of-all", [null])
    staff = FormClient.with(new URL(two.house.urls.cart), [`rose_session=${session}`], "10.5.0.2")
    await rows(
      two.house.databaseUrl,
      "UPDATE cart.page_config SET accepts_late = false WHERE id = 'rose-farm'"
    )
    await rows(
      two.house.databaseUrl,
      "UPDATE cart.page_config SET refunds_alone = true WHERE id = 'mill-choir'"
    )
  }, 120_000)
  afterAll(async () => {
    try {
      await booksAgree(two.house)
      assert.deepStrictEqual(two.house.errors(), [])
    } finally {
      await two?.house.close()
    }
  }, 120_000)

  const bought = (page = "ash-bakery") => OnePurchase.of(two, page)
  const attend = async ({ number }: OnePurchase, button: string, fields: { [name: string]: string } = {}) => {
    const tab = staff.tab()
    await tab.open(`${two.house.urls.cart}/staff/orders/${number}`)
    return tab.press(button, fields)
  }
  const expired = async (page?: string): Promise<OnePurchase> => {
    const one = await bought(page)
    await one.ages(deadline)
    await one.until(is("expired"))
    return one
  }
  /** Money comes although the page was closed. */
  const paidLate = async (one: OnePurchase): Promise<void> => {
    await one.fails("pay-after-delete")
    await one.happens("pay")
  }

  it("T2: what costs nothing is paid when it is ordered", async () => {
    const free = `INSERT INTO market.product (id, page_id, name, price_minor, currency, available, most)
      VALUES ('a-leaflet', 'rose-farm', 'A leaflet', 0, 'GBP', true, 9) RETURNING id`
    await rows(two.house.databaseUrl, free)
    const browser = two.browser()
    await two.add(browser, "a-leaflet")
    const { id } = await two.order(browser, "rose-farm")
    const told = `SELECT o.state, o.total_minor::int AS total,
      ARRAY(SELECT e.type FROM cart.event e WHERE e.order_id = o.id ORDER BY e.seq) AS events,
      (SELECT count(*)::int FROM cart.payment_attempt a WHERE a.order_id = o.id) AS attempts
      FROM cart.orders o WHERE o.id = '${id}'`
    const events = ["order.created", "order.paid"]
    assert.deepStrictEqual(await rows(two.house.databaseUrl, told), [
      { state: "paid", total: 0, events, attempts: 0 }
    ])
  }, 120_000)

  it("T6: past its time it is closed, read again, and only then released", async () => {
    const one = await expired()
    assert.deepInclude(await one.standing(), {
      attempts: ["deactivated"],
      entries: ["released"],
      events: ["order.created", "order.expired"]
    })
    assert.include((await one.open()).text, "The order ended unpaid")
  }, 120_000)

  it("T6b: a page that cannot be closed holds the places, until it can", async () => {
    const one = await bought()
    const recovers = await one.fails("500", { times: "always" })
    await one.ages(deadline)
    await new Promise((resolve) => setTimeout(resolve, 3000))
    assert.deepInclude(await one.standing(), { state: "awaiting_payment", entries: ["ordered"] })
    await recovers()
    assert.deepInclude(await one.untilAged("1 day", is("expired")), { entries: ["released"] })
  }, 120_000)

  it("T7: called off by the buyer it is closed at the provider and released", async () => {
    const one = await bought()
    await one.open()
    await one.buyer.press("Yes, cancel it")
    assert.deepInclude(await one.standing(), {
      state: "cancelled",
      attempts: ["deactivated"],
      entries: ["released"],
      events: ["order.created", "order.cancelled"]
    })
  }, 120_000)

  it("T7b: called off when it was just paid it is paid", async () => {
    const one = await bought()
    await one.open()
    await one.fails("webhook-none")
    await one.happens("pay")
    await one.buyer.press("Yes, cancel it")
    assert.deepInclude(await one.standing(), {
      state: "paid",
      entries: ["provisional"],
      events: ["order.created", "order.paid"]
    })
  }, 120_000)

  it("T8: paid late where the page accepts it, it is paid, and has its places again", async () => {
    const one = await expired()
    await paidLate(one)
    assert.deepInclude(await one.until(is("paid")), {
      entries: ["provisional"],
      events: ["order.created", "order.expired", "order.paid"],
      cases: []
    })
  }, 120_000)

  it("T9: paid late where the page does not, or its place is taken, it waits for a person, who accepts it", async () => {
    const [late, lost] = [await expired("rose-farm"), await expired()]
    const other = `SELECT events.take('${lost.slot}', 'ada', NULL, interval '1 hour')`
    await rows(two.house.databaseUrl, other)
    await Promise.all([paidLate(late), paidLate(lost)])
    const events = ["order.created", "order.expired", "payment.unmatched"]
    assert.deepInclude(await late.until(hasCase), { state: "expired", cases: ["late"], events })
    assert.deepInclude(await lost.until(hasCase), { state: "expired", cases: ["entry_lost"], events })
    await attend(late, "Yes, accept it", reason)
    assert.deepInclude(await late.standing(), { state: "paid", entries: ["provisional"] })
    await attend(lost, "Yes, send it back", reason)
    const back = await lost.until(({ refunds }) => refunds[0] === "done 500")
    assert.deepInclude(back, { state: "expired", entries: ["released"] })
  }, 150_000)

  it("T10: paid after it was called off, it stays called off, and waits for a person", async () => {
    const one = await bought()
    await one.open()
    await one.buyer.press("Yes, cancel it")
    await paidLate(one)
    assert.deepInclude(await one.until(hasCase), {
      state: "cancelled",
      cases: ["late"],
      events: ["order.created", "order.cancelled", "payment.unmatched"]
    })
  }, 120_000)

  it("T12, T13: money goes back in parts, the last of it by somebody at the provider", async () => {
    const one = await bought()
    await one.happens("pay")
    await one.until(is("paid"))
    await attend(one, "Yes, send it back", { ...reason, amount: "2.00" })
    const part = await one.until(({ refunds }) => refunds[0] === "done 200")
    assert.deepInclude(part, { state: "paid", entries: ["provisional"] })
    await one.happens("refund")
    await attend(one, "Check with SumUp now")
    assert.deepInclude(await one.until(({ refunds }) => refunds.length === 2), {
      state: "paid",
      refunds: ["done 200", "done 300"],
      entries: ["cancelled"],
      events: ["order.created", "order.paid", "order.refunded", "order.refunded"]
    })
    assert.include((await one.open()).text, "Refunded")
  }, 120_000)

  it("T14: called off by the seller after it was paid, money goes back as the page has decided", async () => {
    const [alone, asked] = [await bought("mill-choir"), await bought()]
    for (const one of [alone, asked]) {
      await one.happens("pay")
      await one.until(is("paid"))
      await attend(one, "Yes, call it off", reason)
    }
    const back = await alone.until(({ refunds }) => refunds[0] === "done 500")
    assert.deepInclude(back, { state: "cancelled", entries: ["cancelled"] })
    const due = await asked.standing()
    assert.deepInclude(due, { state: "cancelled", entries: ["cancelled"], refunds: [] })
    const list = await staff.tab().open(`${two.house.urls.cart}/staff/attention`)
    assert.include(list.text, asked.number)
    assert.notInclude(list.text, alone.number)
  }, 150_000)
})
