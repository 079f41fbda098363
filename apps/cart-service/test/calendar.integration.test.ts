import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import { furnishedFolder } from "./cluster.ts"
import { FormClient } from "./formClient.ts"
import { type House, startHouse } from "./house.ts"
import { databaseOf, rows } from "./sql.ts"

const bread = "Ask for a place at Bread morning"

describe("places in time", () => {
  let house: House
  beforeAll(async () => {
    house = await startHouse({ folder: furnishedFolder() })
  }, 90_000)
  afterAll(() => house.dispose(), 60_000)

  const asking = async (words = bread) => {
    const buyer = new FormClient()
    await buyer.open(house.urls.events)
    await buyer.press(words)
    return buyer
  }

  it("asked for in the calendar stands in the cart until when it is held, and can be given back there", async () => {
    const buyer = await asking()
    assert.match(buyer.page.text, /Your place is held\..*Bread morning.*Held for you until \d\d:\d\d/)
    assert.match(buyer.page.text, /Bread morning Ash Bakery .* 1 of 2 left/)
    const cart = await buyer.open(`${house.urls.cart}/p/ash-bakery`)
    assert.match(cart.text, /Bread morning.*Held for you until \d\d:\d\d/)
    assert.include(cart.text, "£18.00")
    await buyer.press("Give this place back")
    assert.include(buyer.page.text, "The place is free again for others.")
    assert.match((await buyer.open(house.urls.events)).text, /Bread morning Ash Bakery .* 2 of 2 left/)
  })

  it("are as many as there are seats: the third who asks for two is told kindly", async () => {
    const [first, second] = [await asking(), await asking()]
    const third = new FormClient()
    const page = await third.open(house.urls.events)
    assert.match(page.text, /Bread morning Ash Bakery .* No place left/)
    assert.isFalse(page.controls.includes(bread))
    for (const one of [first, second]) {
      await one.open(`${house.urls.cart}/p/ash-bakery`)
      await one.press("Give this place back")
    }
    assert.isTrue((await third.open(house.urls.events)).controls.includes(bread))
  })

  it("join a cart that the browser had before, and come along at the log-in, told with an undo", async () => {
    const ada = new FormClient()
    await ada.open(house.urls.market)
    await ada.press("Add Rye crackers to cart")
    await ada.open(house.urls.events)
    await ada.press(bread)
    const cart = await ada.open(`${house.urls.cart}/p/ash-bakery`)
    assert.match(cart.text, /Rye crackers.*Bread morning/)
    await ada.open(house.urls.blog)
    await ada.press("Log in as Ada Ashworth")
    const then = await ada.open(`${house.urls.cart}/p/ash-bakery`)
    assert.include(then.text, "We added 2 items you chose on this device before logging in.")
    assert.match(then.text, /Rye crackers.*Bread morning/)
    const phone = new FormClient()
    await phone.open(house.urls.blog)
    await phone.press("Log in as Ada Ashworth")
    assert.match((await phone.open(`${house.urls.cart}/p/ash-bakery`)).text, /Rye crackers.*Bread morning/)
    await ada.press("Undo adding them")
    assert.include(ada.page.text, "Your cart is empty.")
    assert.match((await ada.open(house.urls.events)).text, /Bread morning Ash Bakery .* 2 of 2 left/)
  })

  it("are answered by whoever looks after the page and by nobody else, and the cart is told once", async () => {
    const url = databaseOf(house.folder)
    const [taken] = await rows<{ id: string }>(
      url,
      "SELECT events.take('rose-pruning', 'cleo', NULL, interval '1 hour') AS id"
    )
    const id = taken?.id ?? ""
    const order = "00000000-0000-7000-8000-00000000c1e0"
    await rows(
      url,
      `SELECT events_api.claim('${order}', ARRAY['${id}'], 'cleo', '{}', now() + interval '1 hour')`
    )
    await rows(url, `SELECT events_api.paid('${order}')`)
    const organiser = async (name: string) => {
      const client = new FormClient()
      await client.open(house.urls.blog)
      await client.press(`Log in as ${name}`)
      await client.open(`${house.urls.events}/organiser`)
      return client
    }
    const nobody = await new FormClient().open(`${house.urls.events}/organiser`)
    assert.deepEqual([nobody.status, nobody.text.includes(id)], [403, false])
    assert.include((await organiser("Ada Ashworth")).page.text, "Nobody waits for your word.")
    const ben = await organiser("Ben Barrow")
    assert.include(ben.page.text, id)
    await ben.press(`Confirm Rose pruning, ${id}`)
    assert.match(ben.page.text, /Rose pruning.*Confirmed/)
    assert.isFalse(ben.page.controls.includes(`Confirm Rose pruning, ${id}`))
    const told = await rows<{ type: string; order: string }>(
      url,
      `SELECT type, data->>'order_id' AS order FROM cart.inbox WHERE data->>'entry_id' = '${id}'`
    )
    assert.deepEqual(told, [{ type: "entry.confirmed", order }])
  })

  it("that were paid for and declined say so on the order, with the refund that is due", async () => {
    const buyer = await asking("Ask for a place at Rose pruning")
    await buyer.open(`${house.urls.cart}/p/rose-farm/checkout`)
    await buyer.press("Order and pay £7.50", { email: "rose@rose-ash.example" })
    await buyer.press("Pay £7.50")
    const back = await buyer.follow("Back to merchant website")
    const number = /RA-\w{4}-\w{4}/.exec(back.text)?.[0] ?? ""
    const address = `${house.urls.cart}/orders/${number}`
    assert.include((await buyer.open(address)).text, "Paid; the organiser has still to confirm it")
    const ben = new FormClient()
    await ben.open(house.urls.blog)
    await ben.press("Log in as Ben Barrow")
    await ben.open(`${house.urls.events}/organiser`)
    await ben.press("Decline Rose pruning")
    const page = await buyer.until(address, ({ text }) =>
      text.includes("A refund of £7.50 is due for what does not take place.")
    )
    assert.include(page.text, "Declined by the organiser")
    assert.include(page.text, "The organiser could not confirm your place: Rose pruning")
  }, 60_000)

  it("that were confirmed say so on the order, and so does calling them off after that", async () => {
    const buyer = await asking("Ask for a place at Rose pruning")
    await buyer.open(`${house.urls.cart}/p/rose-farm/checkout`)
    await buyer.press("Order and pay £7.50", { email: "rose@rose-ash.example" })
    await buyer.press("Pay £7.50")
    const back = await buyer.follow("Back to merchant website")
    const address = `${house.urls.cart}/orders/${/RA-\w{4}-\w{4}/.exec(back.text)?.[0] ?? ""}`
    const due = "A refund of £7.50 is due"
    const ben = new FormClient()
    await ben.open(house.urls.blog)
    await ben.press("Log in as Ben Barrow")
    const list = await ben.open(`${house.urls.events}/organiser`)
    const confirm =
      list.controls.find((label) => label.startsWith("Confirm Rose pruning")) ?? "none to confirm"
    await ben.press(confirm)
    const confirmed = await buyer.until(address, ({ text }) =>
      text.includes("The organiser confirmed your place")
    )
    assert.notInclude(confirmed.text, due)
    await ben.press(confirm.replace("Confirm", "Cancel"))
    const gone = await buyer.until(address, ({ text }) => text.includes("The organiser called it off"))
    assert.include(gone.text, due)
  }, 60_000)
})
