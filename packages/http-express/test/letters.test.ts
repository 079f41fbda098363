import { Events } from "@rose-ash/cart-domain/event/Events"
import { Letters } from "@rose-ash/cart-domain/event/Letters"
import { type Mail, Mailer } from "@rose-ash/cart-domain/event/Mailer"
import type { Order } from "@rose-ash/cart-domain/order/Order"
import { Orders } from "@rose-ash/cart-domain/order/Orders"
import { decide } from "@rose-ash/cart-domain/order/Transitions"
import { RefundId } from "@rose-ash/cart-domain/text/Ids"
import { Effect, Layer } from "effect"
import fc from "fast-check"
import { parse } from "parse5"
import { afterEach, describe, expect, it } from "vitest"
import * as LettersExpress from "../src/Letters.ts"
import { makeSite } from "../src/Site.ts"
import { LetterModel } from "../src/views/LetterView.ts"
import { elements } from "./dom.ts"
import { harmless, modelArbitrary } from "./modelArbitrary.ts"
import { config } from "./Service.ts"
import { Stage } from "./Stage.ts"
import { bakery, expired, ordered, paidOrder } from "./scenes.ts"

let stage: Stage | undefined
afterEach(() => stage?.service.stop())

/** Every letter that the events of an order lead to, in order. */
const lettersOf = async (
  { service }: Stage,
  order: Order,
  entryId?: string
): Promise<ReadonlyArray<Mail>> => {
  const sent: Array<Mail> = []
  const mailer = Layer.succeed(Mailer, {
    send: (mail) => Effect.sync(() => void sent.push(mail))
  })
  await service.run(
    Effect.gen(function* () {
      const [letters, events, orders] = [yield* Letters, yield* Events, yield* Orders]
      for (const event of yield* events.ofOrder(order.id)) yield* letters.ofEvent(event)
      const place = order.lines.find((line) => line.entryId === entryId)?.entryId
      if (place != null) yield* letters.ofAnswer(yield* orders.get(order.id), place)
    }).pipe(Effect.provide(LettersExpress.layer(config).pipe(Layer.provide(mailer))))
  )
  return sent
}
const decided = (of: Stage, order: Order, input: Parameters<typeof decide>[0]) =>
  of.service.run(Effect.flatMap(Orders, (orders) => orders.modify(order.id, decide(input))))

describe("letters", () => {
  it("a paid order brings its receipt, with a link that opens the order in any browser", async () => {
    stage = await Stage.open()
    const { page } = await bakery(stage)
    const order = await paidOrder(stage, page.id)
    const [receipt, ...more] = await lettersOf(stage, order)
    expect(more).toEqual([])
    expect(receipt).toMatchObject({
      id: `${order.id}.2`,
      to: "wren@example.org",
      replyTo: "hello@ashbakery.example",
      subject: `Ash Bakery: your receipt for order ${order.number}`
    })
    for (const words of ["You paid £13.20 to Ash Bakery", "2 × Rye crackers  £5.00", "Total  £13.20"])
      expect(receipt?.text).toContain(words)
    const link = /http:\/\/cart\.test(\/o\/\S+)/.exec(receipt?.text ?? "")?.[1] ?? ""
    expect(receipt?.html).toContain(link)
    const elsewhere = stage.service.browser()
    await elsewhere.open(link)
    expect(elsewhere.h1).toBe(`Order ${order.number}`)
    expect(elsewhere.text).not.toContain("wren@example.org")
  })

  it("money that goes back, or comes late, is told; what nobody paid says that nothing was taken", async () => {
    stage = await Stage.open()
    const { page } = await bakery(stage)
    const order = await paidOrder(stage, page.id)
    const by = { by: "wren", reason: "burnt" }
    const refundId = RefundId.make("00000000-0000-7000-8000-000000000077")
    const paymentId = order.paidBy ?? ""
    await decided(stage, order, { _tag: "RefundAsked", refundId, paymentId, minor: 400, ...by })
    await decided(stage, order, { _tag: "RefundSent", refundId, before: 0 })
    await decided(stage, order, { _tag: "RefundsSeen", paymentId, refunded: 400, chargedBack: 0 })
    const subjects = (await lettersOf(stage, order)).map(({ subject }) => subject)
    expect(subjects).toEqual([
      `Ash Bakery: your receipt for order ${order.number}`,
      `Ash Bakery: refund of £4.00 for order ${order.number}`
    ])
    await stage.service.stop()
    stage = await Stage.open()
    const other = await ordered(stage)
    await stage.browser.post(`/orders/${other.number}/cancel`, {})
    const [cancelled] = await lettersOf(stage, other)
    expect(cancelled?.text).toContain("Your order is cancelled. No money has been taken.")
  })

  it("a declined place says what is owed", async () => {
    stage = await Stage.open()
    const { page } = await bakery(stage)
    const { id } = await stage.place(page.id, "Pottery taster", 1500, await stage.identity())
    const order = await paidOrder(stage, page.id)
    await decided(stage, order, { _tag: "EntryAnswered", entryId: id, answer: "declined" })
    const letter = (await lettersOf(stage, order, id)).at(-1)
    expect(letter?.subject).toBe("Ash Bakery: we could not confirm your place")
    expect(letter?.text).toContain("Ash Bakery owes you a refund of £15.00.")
  })

  it("whose address was forgotten gets none", async () => {
    stage = await Stage.open()
    const order = await expired(stage)
    await stage.change(order, { email: null })
    expect(await lettersOf(stage, order)).toEqual([])
  })

  it.each([true, false])("are promised where they are sent, and only there: %s", async (letters) => {
    stage = await Stage.open({ letters })
    const { page } = await bakery(stage)
    await stage.browser.open(`/p/${page.id}/checkout`)
    expect(stage.browser.text.includes("E-mail for your receipt")).toBe(letters)
    const order = await stage.order(page.id)
    await stage.browser.open(`/orders/${order.number}/return`)
    expect([stage.browser.h1, stage.browser.text.includes("we will e-mail you")]).toEqual([
      "Checking your payment",
      letters
    ])
    await stage.browser.open("/orders/RA-0000-0000")
    expect(stage.browser.text.includes("your receipt comes by e-mail")).toBe(letters)
  })
  it("say any text as text, and nothing in it as markup", () => {
    const { views } = makeSite(config, () => false)
    const shape = (html: string) =>
      elements(parse(html)).map(({ attributes, name }) => `${name} ${Object.keys(attributes)}`)
    fc.assert(
      fc.property(modelArbitrary(LetterModel), (value) => {
        const show = (model: unknown): string => Reflect.apply(views.letter, null, [model])
        const tame = harmless(value, (_, text) => /^(\/|https?:|mailto:)/.test(text))
        expect(shape(show(value))).toEqual(shape(show(tame)))
      })
    )
  })
})
