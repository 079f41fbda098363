import { afterEach, describe, expect, it } from "vitest"
import { attemptOf, Stage } from "./Stage.ts"
import { bakery, expired, ordered, paid, pay } from "./scenes.ts"

describe("an order", () => {
  let stage: Stage
  const open = async () => {
    stage = await Stage.open()
    return stage
  }
  afterEach(() => stage.service.stop())

  it("placed twice by two clicks is one order with one payment page", async () => {
    const { browser } = await open()
    const { page } = await bakery(stage)
    const path = `/p/${page.id}/checkout`
    await browser.open(path)
    const form = { ...browser.formOf(path), email: "wren@example.org" }
    const [one, two] = await Promise.all([browser.post(path, form), browser.post(path, form)])
    expect([one?.status, one?.location]).toEqual([303, two?.location])
    expect(await stage.orders()).toHaveLength(1)
  })

  it("declined can be paid again on the same page, and is paid once", async () => {
    const { browser } = await open()
    const order = await ordered(stage)
    await stage.scripted((buyer) => buyer.decline(attemptOf(order)))
    stage.service.moveOn("5 seconds")
    await browser.open(`/orders/${order.number}/return`)
    expect(browser.h1).toBe("Your payment did not go through")
    const again = await browser.press("Try again")
    expect(again.location).toBe(attemptOf(order).payUrl)
  })

  it("whose page has closed gets a new one", async () => {
    const { browser } = await open()
    const order = await ordered(stage)
    await stage.scripted((buyer) => buyer.expire(attemptOf(order)))
    stage.service.moveOn("5 seconds")
    await browser.open(`/orders/${order.number}/return`)
    const again = await browser.press("Try again")
    expect(again.location).not.toBe(attemptOf(order).payUrl)
    expect((await stage.newest()).attempts).toHaveLength(2)
  })

  it("that is paid cannot be paid, cancelled or restored again: the order says so", async () => {
    const { browser } = await open()
    const { number } = await paid(stage)
    for (const action of ["pay", "cancel", "restore"]) {
      await browser.submit(`/orders/${number}/${action}`, {})
      expect([browser.url, browser.byId("notice")]).toEqual([
        `/orders/${number}`,
        "There is a problem This order is already paid."
      ])
    }
  })

  it("that waits is cancelled, and its items go back into the cart", async () => {
    const { browser } = await open()
    const { number, pageId } = await ordered(stage)
    await browser.open(`/orders/${number}`)
    await browser.press("Yes, cancel it")
    expect(browser.byId("notice")).toBe("Your order is cancelled. No money has been taken.")
    await browser.press("Put the items back in my cart")
    expect([browser.url, browser.byId("notice")]).toEqual([`/p/${pageId}`, "3 lines are in your cart again."])
    expect(browser.byId("total")).toBe("£13.20")
  })

  it("is not cancelled while the provider cannot say that its page is closed", async () => {
    const { browser } = await open()
    const { number } = await ordered(stage)
    const trouble = { _tag: "Silent", done: false } as const
    await stage.scripted((buyer) => buyer.script({ call: "deactivate", trouble }))
    await browser.submit(`/orders/${number}/cancel`, {})
    expect(browser.byId("notice")).toContain("your order is not cancelled yet")
    expect((await stage.newest()).state).toBe("awaiting_payment")
  })

  it("cancelled just after it was paid is paid", async () => {
    const { browser } = await open()
    const order = await ordered(stage)
    await pay(stage, order)
    await browser.submit(`/orders/${order.number}/cancel`, {})
    expect(browser.byId("notice")).toBe("There is a problem This order is already paid.")
    expect(browser.title).toContain("Paid – order")
  })

  it("that ended tells what is for sale no more when its items are put back", async () => {
    const { browser } = await open()
    const order = await expired(stage)
    const gone = order.lines[0]?.itemId
    if (gone === null || gone === undefined) throw new Error("no line")
    await stage.seeds((seeds) => seeds.offer(gone, false))
    await browser.open(`/orders/${order.number}`)
    await browser.press("Put the items back in my cart")
    expect(browser.byId("notice")).toBe(
      "2 lines are in your cart again. 1 item is no longer for sale and stayed out."
    )
  })

  it("that waits keeps its items", async () => {
    const { browser } = await open()
    const { number } = await ordered(stage)
    await browser.submit(`/orders/${number}/restore`, {})
    expect(browser.byId("notice")).toBe(
      "There is a problem This order still waits for payment, so its items stay with it."
    )
  })

  it("whose earlier attempt cannot be read is not paid a second time", async () => {
    const { browser } = await open()
    const { number } = await ordered(stage)
    stage.service.moveOn("29 minutes")
    const trouble = { _tag: "Silent", done: false } as const
    await stage.scripted((buyer) => buyer.script({ call: "deactivate", trouble, times: 9 }))
    await browser.submit(`/orders/${number}/pay`, {})
    expect(browser.byId("notice")).toBe(
      "There is a problem We are still checking your first payment. Please don’t pay again."
    )
  })

  it("of a page whose key the provider refuses is saved, and says what to do", async () => {
    const { browser } = await open()
    const { page } = await bakery(stage)
    await stage.scripted((buyer) => buyer.script({ call: "open", trouble: { _tag: "Refused", why: "key" } }))
    const path = `/p/${page.id}/checkout`
    await browser.open(path)
    await browser.submit(path, { ...browser.formOf(path), email: "wren@example.org" })
    const { number } = await stage.newest()
    expect(browser.url).toBe(`/orders/${number}`)
    expect(browser.byId("notice")).toContain(`so no payment was started. Your order is saved as ${number}.`)
  })
})

describe("the list of orders", () => {
  it("pages through 45 orders without losing or repeating one, and filters by page and year", async () => {
    const stage = await Stage.open()
    const { browser } = stage
    const { page, rye } = await bakery(stage)
    const first = await stage.order(page.id)
    for (let n = 0; n < 44; n++) {
      await stage.add(rye)
      await stage.order(first.pageId)
      stage.service.moveOn("1 second")
    }
    const seen: Array<string> = []
    await browser.open("/orders")
    for (let pages = 0; pages < 3; pages++) {
      seen.push(...(browser.text.match(/RA-[0-9A-Z]{4}-[0-9A-Z]{4}/g) ?? []))
      if (pages < 2) await browser.follow("Older")
    }
    expect([seen.length, new Set(seen).size]).toEqual([45, 45])
    await browser.follow("Newer")
    expect(browser.text).toContain(seen[21])
    await browser.open(`/orders?page=${first.pageId}&year=`)
    expect(browser.text).toContain(seen[1])
    await browser.open("/orders?page=&year=2019")
    expect(browser.text).toContain("No orders match.")
    await stage.service.stop()
  })
})
