import { liveAttempt, type Order } from "@rose-ash/cart-domain/order/Order"
import type { Instant } from "@rose-ash/cart-domain/time/Instant"
import { Schema } from "effect"
import { Href, path } from "../Href.ts"
import type { SiteShape } from "../Site.ts"
import { Anchor, Row, Text } from "./Frame.ts"
import { isFinal, type PaymentState, paymentState } from "./PaymentState.ts"

/** Something to do next: a link, or a form with one button. The first is the one to take. */
const Action = Schema.Struct({ kind: Schema.Literals(["form", "link"]), href: Href, label: Text })
type Action = typeof Action.Type

/** What became of a payment. */
export const ReturnModel = Schema.Struct({
  tone: Schema.Literals(["ok", "info", "warn", "bad", "muted"]),
  heading: Text,
  /** The money first, then what follows. */
  texts: Schema.Array(Text),
  actions: Schema.Array(Action),
  facts: Schema.Array(Row),
  final: Schema.Boolean,
  /** Where the page asks again, and after how many seconds; null when nothing more is to come. */
  watch: Schema.NullOr(Schema.Struct({ href: Href, seconds: Schema.Int })),
  next: Schema.NullOr(Schema.Struct({ text: Text, page: Text, pay: Anchor, all: Href })),
  contact: Schema.NullOr(Anchor),
  /** Where a visitor can become a customer. */
  account: Schema.NullOr(Anchor)
})
export type ReturnModel = typeof ReturnModel.Type

/** What else is still to be paid after this order. */
export interface Next {
  readonly pages: number
  readonly page: string
  readonly total: string
  readonly href: Href
}
export interface Returning {
  readonly order: Order
  readonly now: Instant
  /** When the buyer asked: what the provider said before is no word about what was done since. */
  readonly since: Instant
  /** How many times this page asked again by itself. */
  readonly watched: number
  readonly mine: boolean
  /** A visitor, not a customer. */
  readonly visiting: boolean
  readonly contact: string | null
  readonly next: Next | null
}

/** One row of the table of states. */
interface Outcome {
  readonly tone: ReturnModel["tone"]
  readonly heading: string
  readonly texts: ReadonlyArray<string>
  readonly actions: ReadonlyArray<Action>
}

/** Gaps between polls: about three minutes in all, then the button remains. */
const gaps = [1, 2, 3, 5, 8]
const watchMost = 17
const gap = (watched: number): number => gaps[watched] ?? 13

const second = (site: SiteShape, order: Order): ReadonlyArray<string> =>
  order.cases.flatMap(({ paymentId, reason, resolution }) => {
    const payment = order.payments.find(({ id }) => id === paymentId)
    if (reason !== "duplicate" || resolution !== null || payment === undefined) return []
    const amount =
      payment.currency === order.currency
        ? site.formats.money(payment.minor, order.currency)
        : payment.currency
    return [site.words.views.returning.twice(order.pageName, amount)]
  })

/** "a…@example.org": its owner knows it again, and nobody else learns it. */
const masked = (email: string): string => `${email.slice(0, 1)}…${email.slice(email.lastIndexOf("@"))}`
/** Whether its owner hears of it by letter. */
const isWritten = ({ config }: SiteShape, { email }: Order): boolean =>
  config.letters === true && email !== null
const receiptText = (site: SiteShape, order: Order): string => {
  const { receipt, sent } = site.words.views.returning
  return isWritten(site, order) ? sent(masked(order.email ?? "")) : receipt
}
const placeText = (site: SiteShape, order: Order): string =>
  site.words.views.returning[isWritten(site, order) ? "provisionalTold" : "provisional"]

const paidTexts = (site: SiteShape, { mine, order }: Returning): ReadonlyArray<string> => {
  return [
    ...second(site, order),
    ...(mine ? [receiptText(site, order)] : []),
    ...(order.lines.some(({ entryId }) => entryId !== null) ? [placeText(site, order)] : [])
  ]
}

const actionsOf = (site: SiteShape, { number }: Order) => {
  const words = site.words.views.returning
  const form = (href: Href, label: string): Action => ({ kind: "form", href, label })
  const link = (href: Href, label: string): Action => ({ kind: "link", href, label })
  return {
    again: form(path`/orders/${number}/recheck`, words.again),
    goOn: form(path`/orders/${number}/pay`, words.goOn),
    retry: form(path`/orders/${number}/pay`, words.retry),
    restore: form(path`/orders/${number}/restore`, words.restore),
    back: link(path`/orders/${number}`, words.back),
    see: link(path`/orders/${number}`, words.see)
  }
}

const outcomes = (site: SiteShape, of: Returning): { readonly [S in PaymentState]: () => Outcome } => {
  const words = site.words.views.returning
  const { mine, now, order } = of
  const { again, back, goOn, restore, retry, see } = actionsOf(site, order)
  const kept = site.formats.until(order.expiresAt, now)
  const ownersOnly = mine ? [restore] : []
  const places = order.lines.some(({ entryId }) => entryId !== null) ? [words.endedPlaces] : []
  const row = (
    tone: Outcome["tone"],
    heading: string,
    texts: ReadonlyArray<string>,
    actions: ReadonlyArray<Action>
  ) => ({ tone, heading, texts, actions })
  const { pageName } = order
  const checkingText = words[isWritten(site, order) ? "checkingTold" : "checkingText"]
  return {
    checking: () => row("info", words.checking, [checkingText], [again, back]),
    unconfirmed: () => row("info", words.unconfirmed, [words.unconfirmedText], [again, goOn, back]),
    failed: () => row("bad", words.failed, [words.noMoney, words.failedText], [retry, back]),
    closed: () => row("warn", words.closed, [words.noMoney, words.closedText(kept)], [retry, back]),
    not_started: () => row("warn", words.notStarted, [words.notStartedText(kept)], [retry, back]),
    ended: () => row("muted", words.ended, [words.noMoney, ...places], [...ownersOnly, back]),
    cancelled: () => row("muted", words.cancelled, [words.noMoney], [...ownersOnly, back]),
    cancelled_paid: () => row("muted", words.cancelled, [words.cancelledPaid(pageName)], [back]),
    late: () => row("warn", words.late, [words.lateText(pageName)], [back]),
    question: () => row("warn", words.question, [words.questionText(pageName, order.number)], [back]),
    paid: () => row("ok", words.paid, paidTexts(site, of), [see]),
    placed: () => row("ok", words.placed, paidTexts(site, of), [see])
  }
}

const nextOf = (site: SiteShape, next: Next | null): ReturnModel["next"] => {
  if (next === null) return null
  const words = site.words.views.returning
  return {
    text: words.next(next.pages),
    page: words.nextOf(next.page, next.total),
    pay: { href: next.href, label: words.payNext(next.page, next.total) },
    all: path`/`
  }
}

const accountOf = (site: SiteShape): Anchor | null => {
  const href = site.link(site.config.links.blog)
  return href === null ? null : { href, label: site.words.views.returning.account }
}

/** A card that failed says nothing of the card that was tried after it: only a new answer counts. */
const stateOf = ({ now, order, since }: Returning): PaymentState => {
  const state = paymentState(order, now)
  const isOld = (liveAttempt(order)?.lastReadAt ?? 0) < since
  return state === "failed" && isOld ? "checking" : state
}

/** When there is something to ask the page about. */
const asks: ReadonlyArray<PaymentState> = ["late", "question", "cancelled_paid"]

export const returnModel = (site: SiteShape, of: Returning): ReturnModel => {
  const words = site.words.views.returning
  const { contact, order, watched } = of
  const state = stateOf(of)
  const paid = state === "paid" || state === "placed"
  const watches = !isFinal(state) && watched < watchMost
  return {
    ...outcomes(site, of)[state](),
    facts: [
      { label: words.number, amount: order.number },
      { label: words.amount, amount: site.formats.money(order.total, order.currency) },
      { label: paid ? words.page : words.pageWaiting, amount: order.pageName }
    ],
    final: isFinal(state),
    watch: watches
      ? { href: path`/orders/${order.number}/return?n=${watched + 1}`, seconds: gap(watched) }
      : null,
    next: paid ? nextOf(site, of.next) : null,
    contact:
      contact === null || !asks.includes(state)
        ? null
        : { href: Href.make(`mailto:${contact}`), label: contact },
    account: paid && of.visiting ? accountOf(site) : null
  }
}
