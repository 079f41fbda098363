import { Orders } from "@rose-ash/cart-domain/order/Orders"
import { PageId } from "@rose-ash/cart-domain/text/Ids"
import { Effect } from "effect"
import { afterAll, describe, expect, it } from "vitest"
import { Stage } from "./Stage.ts"
import { expired, paid, withCase } from "./scenes.ts"
import { attends, staffStates } from "./statesOfStaff.ts"

const open = async () => {
  const stage = await Stage.open()
  afterAll(stage.service.stop)
  return stage
}
const reason = "Wren rang and asked"
/** The hidden fields of the form that does this. */
const fieldsOf = (html: string, act: string): Readonly<Record<string, string>> => {
  const [, after = ""] = html.split(`name="act" value="${act}">`)
  const [form = ""] = after.split("</form>")
  const hidden = form.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)">/g)
  return Object.fromEntries([["act", act], ...[...hidden].map(([, name = "", value = ""]) => [name, value])])
}

describe("who answers for a page", () => {
  it("finds the way there on every page, and nobody else is shown it", async () => {
    const stage = await open()
    const order = await paid(stage)
    const way = async () => (await stage.browser.open("/orders")).body.includes('href="/staff/attention"')
    expect(await way()).toBe(false)
    await attends(stage, [order.pageId])
    expect(await way()).toBe(true)
    await stage.browser.follow("Money that needs you")
    expect(stage.browser.h1).toBe("Money that needs you")
    await attends(stage, [])
    expect(await way()).toBe(false)
  })

  it("sends part of a payment back; the same form sent twice sends it once", async () => {
    const stage = await open()
    const order = await paid(stage)
    await attends(stage, [order.pageId])
    const path = `/staff/orders/${order.number}`
    const { body } = await stage.browser.open(path)
    const form = { ...fieldsOf(body, "refund"), amount: "3.20", reason }
    await stage.browser.submit(path, form)
    expect(stage.browser.text).toContain("Done, and kept with the order.")
    await stage.browser.submit(path, form)
    const { transactions } = await stage.scripted((buyer) => buyer.books)
    expect(transactions.map(({ refunded }) => refunded)).toEqual([320])
    const { refunds } = await stage.newest()
    expect(refunds.map(({ by, reason, state }) => [by.startsWith("Ada Ashworth ("), reason, state])).toEqual([
      [true, reason, "done"]
    ])
  })

  it("is told what is too much, on the page of the order, and nothing is sent", async () => {
    const stage = await open()
    const order = await paid(stage)
    await attends(stage, [order.pageId])
    const path = `/staff/orders/${order.number}`
    const { body } = await stage.browser.open(path)
    await stage.browser.submit(path, { ...fieldsOf(body, "refund"), amount: "13.21", reason })
    expect([stage.browser.url, stage.browser.text.includes("more than is left of this payment")]).toEqual([
      path,
      true
    ])
    expect((await stage.newest()).refunds).toEqual([])
    for (const amount of ["", "-1", "1e3", "1.001", "ten"]) {
      const sent = await stage.browser.post(path, { ...fieldsOf(body, "refund"), amount, reason })
      expect([amount, sent.status]).toEqual([amount, 400])
    }
  })

  it("closes a case with a reason, and without one not", async () => {
    const stage = await open()
    const order = await withCase(stage, await expired(stage), "mismatch")
    await attends(stage, [order.pageId])
    const { body } = await stage.browser.open("/staff/attention")
    const form = fieldsOf(body, "writeOff")
    const path = `/staff/orders/${order.number}`
    expect((await stage.browser.post(path, { ...form, reason: "" })).status).toBe(400)
    await stage.browser.submit(path, { ...form, reason })
    expect((await stage.newest()).cases[0]?.resolution).toMatchObject({ answer: "written_off", reason })
    await stage.browser.open("/staff/attention")
    expect(stage.browser.text).toContain("Nothing needs you")
  })

  it("decides nothing by a form of somebody else, and nothing of another page", async () => {
    const stage = await open()
    const order = await withCase(stage, await expired(stage), "mismatch")
    const path = `/staff/orders/${order.number}`
    const form = { act: "writeOff", case: order.cases[0]?.id ?? "", reason }
    await attends(stage, [PageId.make("elsewhere")])
    expect((await stage.browser.post(path, form)).status).toBe(404)
    await stage.browser.open("/staff/attention")
    expect(stage.browser.text).not.toContain(order.number)
    await attends(stage, [order.pageId])
    const foreign = { origin: "http://market.test", "sec-fetch-site": "same-site" }
    expect((await stage.browser.post(path, form, foreign)).status).toBe(403)
    const kept = await stage.service.run(Effect.flatMap(Orders, (orders) => orders.get(order.id)))
    expect(kept.cases[0]?.resolution).toBeNull()
  })

  it("is told when SumUp does not answer, and nothing is decided", async () => {
    const stage = await open()
    const order = await withCase(stage, await expired(stage), "late")
    await attends(stage, [order.pageId])
    const { body } = await stage.browser.open("/staff/attention")
    const path = `/staff/orders/${order.number}`
    await stage.browser.submit(path, { ...fieldsOf(body, "credit"), reason })
    expect(stage.browser.text).toContain("SumUp does not say what became of this money")
    expect((await stage.newest()).state).toBe("expired")
  })

  it("says what became of money that the books disagree about; staff of another page cannot", async () => {
    const stage = await open()
    const state = staffStates.find(({ name }) => name === "staff-books-differ")
    await stage.browser.open((await state?.stage(stage)) ?? "")
    const form = { difference: "orphan:transaction-lost", reason }
    const other = stage.browser
    const { id } = await stage.page({ name: "Rose Farm" })
    const [mine] = [stage.browser.jar.get("rose_session") ?? ""]
    await attends(stage, [id])
    await other.submit("/staff/attention", form)
    stage.browser.jar.set("rose_session", mine)
    await stage.browser.open("/staff/attention")
    expect(stage.browser.text).toContain("an order that we do not know")
    await stage.browser.submit("/staff/attention", form)
    expect(stage.browser.text).not.toContain("an order that we do not know")
  })
})
