import express, { type Express, type Request, type Response } from "express"
import { type Checkout, pagePath, pageSessionEndsAt } from "./Checkout.ts"
import { headerFaults } from "./headerFaults.ts"
import * as views from "./hostedPageViews.ts"
import { pageHeaders } from "./html.ts"
import { isObject } from "./json.ts"
import type { Merchant } from "./Merchants.ts"
import { checkoutSubject } from "./Payments.ts"
import type { Provider } from "./Provider.ts"
import {
  bankAnswered,
  cardDigits,
  type PageAnswer,
  type Pressed,
  pressed,
  withCheckoutId
} from "./pagePresses.ts"

/** The practice cards: one is taken, one asks a bank, one fails there. */
const cards: ReadonlySet<string> = new Set(["", "4200000000000091", "4200000000000042", "4012001037461114"])

const notFound: PageAnswer = { status: 404, page: views.unknownPage() }

/** The merchant's address, when it is one a browser may be sent to. */
const safeBack = ({ redirectUrl }: Checkout): string | undefined => {
  const protocol = URL.parse(redirectUrl ?? "")?.protocol
  return protocol === "https:" || protocol === "http:" ? redirectUrl : undefined
}

const modelOf = (checkout: Checkout, merchant: Merchant, provider: Provider): views.PageModel => {
  const safe = provider.buyer.stays(checkout.id) ? undefined : safeBack(checkout)
  const back =
    safe !== undefined && provider.switches.checkoutIdInRedirect ? withCheckoutId(safe, checkout) : safe
  return { checkout, merchant, token: provider.tokens.of(checkout.id), back }
}

/** The checkout of this address; one that did not ask for a hosted page has none. */
const found = (request: Request, provider: Provider): views.PageModel | undefined => {
  const id = request.params["id"]
  const checkout = typeof id === "string" ? provider.payments.look(id) : undefined
  const merchant = checkout && provider.merchants.find(checkout.merchantCode)
  const isThere = checkout?.hosted && merchant !== undefined
  return isThere ? modelOf(checkout, merchant, provider) : undefined
}

const pageOf = (model: views.PageModel, { buyer, clock }: Provider): PageAnswer => {
  const { checkout } = model
  if (checkout.status === "PAID") return { status: 200, page: views.paidPage(model) }
  const isOver = checkout.status === "EXPIRED" || clock.now() >= pageSessionEndsAt(checkout)
  if (isOver) return { status: 410, page: views.expiredPage() }
  const waitsFor = buyer.waitsFor(checkout.id)
  return {
    status: 200,
    page: waitsFor === undefined ? views.payPage(model) : views.waitingPage(model, waitsFor)
  }
}

/** What is wrong with a form, as a page; undefined when it may be acted on. */
const refusal = (
  request: Request,
  { checkout }: views.PageModel,
  provider: Provider
): PageAnswer | undefined => {
  const form: unknown = request.body
  const back = pagePath(checkout.id)
  if (!isObject(form) || !provider.tokens.holds(checkout.id, form["token"])) {
    const why = "This form is out of date. Nothing was done: try again."
    return { status: 403, page: views.refusedPage(why, back) }
  }
  if (cards.has(cardDigits(form))) return undefined
  const why = "Only the practice cards work here. Never type a real card."
  return { status: 422, page: views.refusedPage(why, back) }
}

/** Faults of the header of a press are for its checkout. */
const arm = (request: Request, { checkout }: views.PageModel, { faults }: Provider): void => {
  const header = request.headers["x-fake-fault"]
  if (typeof header !== "string") return
  const asked = headerFaults(header, checkoutSubject(checkout, "POST", pagePath(checkout.id)))
  for (const one of typeof asked === "string" ? [] : asked) faults.add(one)
}

const posted = async (
  request: Request,
  provider: Provider,
  act: (press: Pressed) => PageAnswer | Promise<PageAnswer>
): Promise<PageAnswer> => {
  const model = found(request, provider)
  if (model === undefined) return notFound
  const refused = refusal(request, model, provider)
  if (refused !== undefined) return refused
  arm(request, model, provider)
  const form: unknown = request.body
  return act({ provider, model, form: isObject(form) ? form : {} })
}

const give = (response: Response, answer: PageAnswer): void => {
  response.set(pageHeaders)
  if ("to" in answer) response.redirect(303, answer.to)
  else response.status(answer.status).type("html").send(answer.page.text)
}

/** The page where buyers pay: links and forms only. */
export const mountHostedPage = (app: Express, provider: Provider): void => {
  const form = express.urlencoded({ extended: false, limit: "16kb", parameterLimit: 50 })
  const show = (path: string, view: (model: views.PageModel) => PageAnswer) =>
    app.get(path, (request, response) => {
      const model = found(request, provider)
      give(response, model === undefined ? notFound : view(model))
    })
  const take = (path: string, act: (press: Pressed) => PageAnswer | Promise<PageAnswer>) =>
    app.post(path, form, async (request, response) => give(response, await posted(request, provider, act)))
  show("/pay/c-:id", (model) => pageOf(model, provider))
  show("/pay/c-:id/left", (model) => ({ status: 200, page: views.abandonedPage(model) }))
  show("/pay/c-:id/bank", (model) =>
    provider.buyer.waitsFor(model.checkout.id) === "bank"
      ? { status: 200, page: views.bankPage(model) }
      : { to: pagePath(model.checkout.id) }
  )
  take("/pay/c-:id", pressed)
  take("/pay/c-:id/bank", bankAnswered)
}
