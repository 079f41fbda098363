import { createHash } from "node:crypto"
import type { Told } from "@rose-ash/cart-domain/event/CloudEvent"
import { Letters } from "@rose-ash/cart-domain/event/Letters"
import { Mailer } from "@rose-ash/cart-domain/event/Mailer"
import { Currency } from "@rose-ash/cart-domain/money/Currency"
import { refundDue } from "@rose-ash/cart-domain/order/Answers"
import type { Order } from "@rose-ash/cart-domain/order/Order"
import { linkBytes, linkToken } from "@rose-ash/cart-domain/order/OrderLink"
import { Orders } from "@rose-ash/cart-domain/order/Orders"
import { PageConfigs } from "@rose-ash/cart-domain/page/PageConfigs"
import { Ids, OrderId } from "@rose-ash/cart-domain/text/Ids"
import { day, Instant } from "@rose-ash/cart-domain/time/Instant"
import { Clock, Effect, Layer, Schema } from "effect"
import type { ExpressConfig } from "./ExpressConfig.ts"
import { Href } from "./Href.ts"
import { makeSite, type SiteShape } from "./Site.ts"
import { letterModel, letterText, type Said } from "./views/LetterView.ts"

/** How long the link of a letter opens its order. */
const linkFor = 30 * day

const moneyOf = ({ formats }: SiteShape, minor: number, currency: string): string =>
  Schema.is(Currency)(currency) && minor >= 0 ? formats.money(minor, currency) : `${minor} ${currency}`

/** What an event is told as; null: that one needs no letter. */
const ofEvent = (site: SiteShape, order: Order, { at, data }: Told): Said | null => {
  const words = site.words.letters
  const { number, pageName } = order
  const plain = (subject: string, ...paragraphs: ReadonlyArray<string>): Said => ({
    subject,
    paragraphs,
    arithmetic: false
  })
  switch (data._tag) {
    case "order.paid": {
      const amount = moneyOf(site, data.total.minor, data.total.currency)
      const date = site.formats.moment(Instant.make(at))
      const text =
        data.by === "nothing" ? words.receipt.free(pageName) : words.receipt.text(pageName, amount, date)
      return { ...plain(words.receipt.subject(pageName, number), text), arithmetic: true }
    }
    case "order.refunded": {
      const amount = moneyOf(site, data.amount.minor, data.amount.currency)
      const left = words.refunded.remaining(moneyOf(site, data.remaining.minor, data.remaining.currency))
      const subject = words.refunded.subject(pageName, amount, number)
      return plain(subject, words.refunded.text(pageName, amount), ...(data.full ? [] : [left]))
    }
    case "payment.unmatched": {
      if (data.reason === "chargeback") return null
      const late = data.reason === "late" || data.reason === "entry_lost"
      const text = late ? words.unmatched.late(pageName) : words.unmatched.other(pageName)
      return plain(words.unmatched.subject(pageName, number), text, words.unmatched.wait)
    }
    case "order.expired":
      // Whose money came all the same was told so by a letter of its own.
      if (order.payments.length > 0) return null
      return plain(words.expired.subject(pageName, number), words.expired.text)
    case "order.cancelled": {
      if (!data.wasPaid && order.payments.length > 0) return null
      const text = data.wasPaid ? words.cancelled.paid(pageName) : words.cancelled.text
      return plain(words.cancelled.subject(pageName, number), text)
    }
    default:
      return null
  }
}

/** The organiser's word on one place; null for a place that nobody answered for. */
const ofAnswer = (site: SiteShape, order: Order, entryId: string): Said | null => {
  const words = site.words.letters
  const answer = order.answers.find((one) => one.entryId === entryId)?.answer
  const line = order.lines.find((one) => one.entryId === entryId)
  if (answer === undefined || line === undefined) return null
  const { endsAt, name, startsAt } = line
  const when = startsAt === null || endsAt === null ? "" : site.formats.span(startsAt, endsAt)
  const { subject, text } = answer === "confirmed" ? words.confirmed : words.declined
  const due = refundDue(order)
  const owed =
    answer === "confirmed" || due === 0
      ? []
      : [words.declined.due(order.pageName, site.formats.money(due, order.currency))]
  return { subject: subject(order.pageName), paragraphs: [text(name, when), ...owed], arithmetic: false }
}

const make = (site: SiteShape) =>
  Effect.gen(function* () {
    const [ids, mailer, orders, pages] = [yield* Ids, yield* Mailer, yield* Orders, yield* PageConfigs]

    /** An address that opens the order for whoever has the letter. */
    const link = Effect.fnUntraced(function* ({ id, number }: Order) {
      const token = linkToken(number, yield* ids.bytes(linkBytes))
      const until = Instant.make((yield* Clock.currentTimeMillis) + linkFor)
      yield* orders.grant(id, createHash("sha256").update(token).digest("hex"), until)
      return Href.make(`${site.origin}/o/${token}`)
    })

    const send = Effect.fnUntraced(function* (id: string, order: Order, said: Said | null) {
      const to = order.email
      if (said === null || to === null) return
      const { contact } = yield* Effect.orElseSucceed(pages.get(order.pageId), () => ({ contact: null }))
      const model = letterModel(site, order, said, { contact, href: yield* link(order) })
      const html = site.views.letter(model)
      yield* mailer.send({ id, to, replyTo: contact, subject: model.subject, text: letterText(model), html })
    })

    return Letters.of({
      ofEvent: Effect.fn("Letters.ofEvent")(function* (event) {
        if (!Schema.is(OrderId)(event.stream)) return
        const found = yield* Effect.result(orders.get(event.stream))
        if (found._tag === "Success")
          yield* send(event.id, found.success, ofEvent(site, found.success, event))
      }),
      ofAnswer: Effect.fn("Letters.ofAnswer")((order, entryId) =>
        send(`${order.id}.${entryId}`, order, ofAnswer(site, order, entryId))
      )
    })
  })

/** Letters in the words and formats of the pages, with a link that opens the order for 30 days. */
export const layer = (config: ExpressConfig) =>
  Layer.effect(
    Letters,
    Effect.suspend(() => make(makeSite(config, () => false)))
  )
