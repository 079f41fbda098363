import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import { booksAgree, orderOf, paidOnce } from "./books.ts"
import { FormClient } from "./formClient.ts"
import { loggingInLaws } from "./loggingInLaws.ts"
import type { OwnHouse } from "./ownHouse.ts"
import { rows } from "./sql.ts"
import { TwoCarts } from "./twoCarts.ts"

const buyers = 1000
const seats = 100
const placesOf = (page: string, slot: string, capacity: number) => `
  WITH c AS (INSERT INTO events.calendar (id, page_id, name) VALUES ('${slot}', '${page}', '${slot}')),
    s AS (INSERT INTO events.slot (id, calendar_id, starts_at, ends_at, price_minor, currency)
      VALUES ('${slot}', '${slot}', now() + interval '9 days', now() + interval '10 days', 500, 'GBP'))
  INSERT INTO events.seat (slot_id, seat) SELECT '${slot}', n FROM generate_series(1, ${capacity}) n`

/** So many at a time: what a browser farm on a machine of two cores can send. */
const atATime = async <A>(of: number, most: number, act: (n: number) => Promise<A>): Promise<Array<A>> => {
  const done: Array<A> = []
  let next = 0
  const lane = async () => {
    while (next < of) {
      const n = next++
      done[n] = await act(n)
    }
  }
  await Promise.all(Array.from({ length: most }, lane))
  return done
}

describe("two processes of the service on one database", () => {
  let two: TwoCarts
  let house: OwnHouse
  beforeAll(async () => {
    two = await TwoCarts.open()
    house = two.house
  }, 120_000)
  afterAll(() => house?.close(), 60_000)

  const either = (n: number): string => two.carts[n % 2] ?? ""
  const chosen = async (
    item: string,
    quantity: number,
    of = new FormClient("10.2.0.1")
  ): Promise<FormClient> => {
    await of.open(`${house.urls.market}/ash-bakery`)
    await of.press(`Add ${item} to cart`, { quantity: String(quantity) })
    return of
  }

  it("a thousand buyers after a hundred seats get exactly a hundred, and order them", async () => {
    await rows(house.databaseUrl, placesOf("mill-choir", "Grand concert", seats))
    const page = await new FormClient().open(house.urls.events)
    const { action, data } = page.form("Ask for a place at Grand concert", {})
    const body = data.toString()
    const headers = { "content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin" }
    const clients = await atATime(buyers, 40, async (n) => {
      const answer = await fetch(action, { method: "POST", body, headers, redirect: "manual" })
      const cookies = answer.headers.getSetCookie()
      return answer.headers.get("location")?.includes("held")
        ? FormClient.with(action, cookies, `10.1.${n >> 8}.${n % 256}`)
        : null
    })
    const winners = clients.filter((client) => client !== null)
    assert.strictEqual(winners.length, seats)
    const numbers = await atATime(seats, 10, async (n) => {
      const client = winners[n] ?? new FormClient()
      await client.open(`${either(n)}/p/mill-choir/checkout`)
      await client.press("Order and pay £5.00", { email: `seat-${n}@rose-ash.example` })
      return (await orderOf(house, `seat-${n}@rose-ash.example`)).number
    })
    assert.strictEqual(new Set(numbers).size, seats)
    const states = `SELECT state, count(*)::int AS n FROM events.calendar_entry WHERE slot_id = 'Grand concert'
      GROUP BY state`
    assert.deepStrictEqual(await rows(house.databaseUrl, states), [{ state: "ordered", n: seats }])
  }, 90_000)

  it("twenty people after the last seat: one has it, the others are told and keep their cart", async () => {
    await rows(house.databaseUrl, placesOf("ash-bakery", "Last seat", 1))
    const people = await Promise.all(Array.from({ length: 20 }, () => chosen("Rye crackers", 1)))
    const opened = people.map(async (client) => client.open(house.urls.events))
    await Promise.all(opened)
    const pages = await Promise.all(people.map((client) => client.press("Ask for a place at Last seat")))
    const won = pages.filter(({ text }) => text.includes("Your place is held."))
    const lost = pages.filter(({ text }) => text.includes("The last place has just gone."))
    assert.deepStrictEqual([won.length, lost.length], [1, 19])
    const kept = await Promise.all(people.map((client, n) => client.open(`${either(n)}/p/ash-bakery`)))
    for (const { text } of kept) assert.include(text, "Rye crackers")
    assert.strictEqual(kept.filter(({ text }) => text.includes("Last seat")).length, 1)
  }, 60_000)

  it("one cart ordered at both at once is one order, paid by whichever asks, once", async () => {
    const email = "both@rose-ash.example"
    const buyer = await chosen("Sourdough loaf", 2)
    const tabs = Array.from({ length: 8 }, () => buyer.tab())
    await Promise.all(tabs.map((tab, n) => tab.open(`${either(n)}/p/ash-bakery/checkout`)))
    await Promise.all(tabs.map((tab) => tab.press("Order and pay £8.40", { email })))
    const { number } = await orderOf(house, email)
    await buyer.open(tabs[0]?.page.url.href ?? "")
    await buyer.press("Pay £8.40")
    const looks = Array.from({ length: 16 }, (_, n) =>
      buyer.tab().open(`${either(n)}/orders/${number}/return`)
    )
    await Promise.all(looks)
    assert.include((await buyer.open(`${either(1)}/orders/${number}`)).text, "Paid")
    await paidOnce(house, email)
  }, 60_000)

  it(
    "who logs in has the larger of each quantity, every order, and what raced, at whichever process",
    () => loggingInLaws(two, 16),
    120_000
  )

  it("no transaction ever waited for one that waited for it, and nobody logged an error", async () => {
    const [{ deadlocks } = { deadlocks: -1 }] = await rows<{ deadlocks: number }>(
      house.databaseUrl,
      "SELECT sum(deadlocks)::int AS deadlocks FROM pg_stat_database"
    )
    assert.strictEqual(deadlocks, 0)
    await booksAgree(house)
    assert.deepStrictEqual(house.errors(), [])
  })
})
