import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import { furnishedFolder } from "./cluster.ts"
import { FormClient } from "./formClient.ts"
import { type House, startHouse } from "./house.ts"
import type { Page } from "./page.ts"

const paid = "Thank you – your order is paid"
const numberIn = (text: string): string => /RA-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(text)?.[0] ?? ""

/**
 * From the shop to the provider's page: two loaves of Ash Bakery, and something of Rose Farm that stays
 * behind.
 */
const toPayment = async ({ urls }: House, buyer: FormClient): Promise<void> => {
  await buyer.open(`${urls.market}/rose-farm/hens-eggs`)
  await buyer.press("Add Six hens' eggs to cart")
  await buyer.open(`${urls.market}/ash-bakery/sourdough-loaf`)
  const added = await buyer.press("Add Sourdough loaf to cart", { quantity: "2" })
  assert.include(added.text, "Added to your cart")
  const overview = await buyer.follow("Your cart")
  assert.include(overview.text, "£10.50 in all")
  await buyer.follow("Pay Ash Bakery £8.40")
  const payment = await buyer.press("Order and pay £8.40", { email: "somebody@rose-ash.example" })
  assert.strictEqual(payment.url.origin, urls.provider)
}

/** Pays on the provider's page, and comes back from it. */
const pay = async (buyer: FormClient, amount: string): Promise<Page> => {
  await buyer.press(`Pay ${amount}`)
  return buyer.follow("Back to merchant website")
}

describe("a purchase without a script", () => {
  let house: House
  beforeAll(async () => {
    house = await startHouse({ folder: furnishedFolder() })
  }, 90_000)
  afterAll(() => house.dispose(), 60_000)

  it("goes from the shop to a paid order that is in the list, and leaves the other page's cart", async () => {
    const buyer = new FormClient()
    await toPayment(house, buyer)
    const back = await pay(buyer, "£8.40")
    assert.strictEqual(back.heading, paid)
    const number = numberIn(back.text)
    const letters = await new FormClient().until(`${house.urls.blog}/__dev/mail`, ({ text }) =>
      text.includes(`Ash Bakery: your receipt for order ${number}`)
    )
    const reader = new FormClient()
    const opened = await reader.open(letters.link("Open the letter’s link").href)
    assert.strictEqual(opened.heading, `Order ${number}`)
    const list = await buyer.follow("Your orders")
    assert.include(list.text, number)
    const order = await buyer.open(`${house.urls.cart}/orders/${number}`)
    assert.include(order.text, "Sourdough loaf")
    const cart = await buyer.open(house.urls.cart)
    assert.include(cart.text, "Six hens' eggs")
    assert.notInclude(cart.text, "Sourdough loaf")
  }, 60_000)

  it("that the house was killed in the middle of is paid once, and only once, after it stands again", async () => {
    const buyer = new FormClient()
    await toPayment(house, buyer)
    const form = buyer.page.url.href
    await house.kill()
    house = await startHouse({ ports: house.ports, folder: house.folder })
    await buyer.open(form)
    const back = await pay(buyer, "£8.40")
    assert.strictEqual(back.heading, paid)
    const number = numberIn(back.text)
    const again = await buyer.open(`${house.urls.cart}/orders/${number}/return`)
    assert.strictEqual(again.heading, paid)
    const order = await buyer.open(`${house.urls.cart}/orders/${number}`)
    assert.lengthOf(order.text.match(/Paid \d+ \w+ \d{4}/g) ?? [], 1, order.text)
  }, 120_000)

  it("by a customer is in the list after logging out and in again", async () => {
    const ada = new FormClient()
    await ada.open(house.urls.blog)
    await ada.press("Log in as Ada Ashworth")
    await toPayment(house, ada)
    const back = await pay(ada, "£8.40")
    assert.strictEqual(back.heading, paid)
    const number = numberIn(back.text)
    await ada.open(house.urls.blog)
    await ada.press("Log out")
    await ada.press("Log in as Ada Ashworth")
    const list = await ada.follow("Your orders")
    assert.include(list.text, number)
  }, 60_000)

  it("at a page without an account ends before money is asked for", async () => {
    const buyer = new FormClient()
    await buyer.open(`${house.urls.market}/print-workshop/notebook`)
    await buyer.press("Add Sewn notebook to cart")
    const cart = await buyer.open(house.urls.cart)
    assert.match(cart.text, /not taking payments online yet/i)
    assert.isFalse(cart.controls.some((words) => words.startsWith("Pay Print Workshop")))
  }, 60_000)

  it("of what names no page is paid to the cooperative itself", async () => {
    const buyer = new FormClient()
    await buyer.open(`${house.urls.market}/rose-ash/tote-bag`)
    await buyer.press("Add Rose Ash tote bag to cart")
    await buyer.open(house.urls.cart)
    await buyer.follow("Pay Rose Ash £6.00")
    await buyer.press("Order and pay £6.00", { email: "somebody@rose-ash.example" })
    assert.include(buyer.page.text, "Rose Ash")
    const back = await pay(buyer, "£6.00")
    assert.strictEqual(back.heading, paid)
  }, 60_000)

  it("whose price rose meanwhile is asked about again before anything is ordered", async () => {
    const buyer = new FormClient()
    await buyer.open(`${house.urls.market}/rose-farm/strawberries`)
    await buyer.press("Add Strawberries to cart")
    await buyer.open(`${house.urls.cart}/p/rose-farm/checkout`)
    const review = buyer.page
    const other = new FormClient()
    await other.open(`${house.urls.market}/rose-farm/strawberries`)
    await other.press("Let the price rise")
    assert.strictEqual(buyer.page, review)
    const asked = await buyer.press("Order and pay £3.00", { email: "somebody@rose-ash.example" })
    assert.include(asked.text, "£3.30")
    assert.include(asked.text, "Nothing has been ordered yet")
    await buyer.press("Order and pay £3.30", { email: "somebody@rose-ash.example" })
    const back = await pay(buyer, "£3.30")
    assert.strictEqual(back.heading, paid)
  }, 60_000)
})
