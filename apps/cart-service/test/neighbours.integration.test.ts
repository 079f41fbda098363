import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import { furnishedFolder } from "./cluster.ts"
import { FormClient } from "./formClient.ts"
import { type House, startHouse } from "./house.ts"
import { databaseOf, rows } from "./sql.ts"

const numberIn = (text: string): string => /RA-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(text)?.[0] ?? ""

/** Buys one sourdough loaf of Ash Bakery and comes back from paying; the order's number. */
const buy = async ({ urls }: House, buyer: FormClient): Promise<string> => {
  await buyer.open(`${urls.market}/ash-bakery/sourdough-loaf`)
  await buyer.press("Add Sourdough loaf to cart")
  await buyer.open(`${urls.cart}/p/ash-bakery/checkout`)
  await buyer.press("Order and pay", { email: "somebody@rose-ash.example" })
  await buyer.press("Pay £4.20")
  return numberIn((await buyer.follow("Back to merchant website")).text)
}

describe("the cart among its siblings", () => {
  let house: House
  beforeAll(async () => {
    house = await startHouse({ folder: furnishedFolder() })
  }, 90_000)
  afterAll(() => house.dispose(), 60_000)

  it("every sibling's page shows what a guest has in the cart, as soon as it is there", async () => {
    const guest = new FormClient()
    const { blog, events, market } = house.urls
    for (const sibling of [blog, market, events])
      assert.notMatch((await guest.open(sibling)).text, /Your cart \d/)
    await guest.open(`${market}/ash-bakery/sourdough-loaf`)
    const added = await guest.press("Add Sourdough loaf to cart", { quantity: "2" })
    assert.include(added.text, "Your cart 2 things, £8.40")
    for (const sibling of [blog, events, `${market}/rose-farm`])
      assert.include((await guest.open(sibling)).text, "Your cart 2 things, £8.40")
    const other = new FormClient()
    assert.notMatch((await other.open(market)).text, /Your cart \d/)
  }, 60_000)

  it("a log-in is told, what the guest had is the member's on every device, and the badge says so", async () => {
    const { blog, market } = house.urls
    const ben = new FormClient()
    await ben.open(`${market}/rose-farm/hens-eggs`)
    await ben.press("Add Six hens' eggs to cart")
    await ben.open(blog)
    await ben.press("Log in as Ben Barrow")
    const elsewhere = new FormClient()
    await elsewhere.open(blog)
    await elsewhere.press("Log in as Ben Barrow")
    await elsewhere.until(market, ({ text }) => /Your cart 1 thing,/.test(text))
    const outcomes = await rows<{ outcome: string }>(
      databaseOf(house.folder),
      "SELECT outcome FROM cart.inbox WHERE type = 'user.logged_in' AND outcome = 'adopted'"
    )
    assert.deepEqual(outcomes, [{ outcome: "adopted" }])
  }, 60_000)

  it("what happens to an order appears at the blog, each once and in order", async () => {
    const number = await buy(house, new FormClient())
    const reader = new FormClient()
    const page = await reader.until(
      `${house.urls.blog}/__dev`,
      ({ text }) => text.includes(`order.paid Ash Bakery`) && text.includes(number)
    )
    const told = Array.from(page.text.matchAll(/(order\.\w+) Ash Bakery \w+ no\. (\d+)/g), ([, type, n]) => [
      type,
      n
    ])
    assert.deepInclude(told, ["order.created", "1"])
    assert.deepInclude(told, ["order.paid", "2"])
  }, 60_000)
})
