import { createHmac } from "node:crypto"
import express, { type Express, type Request, type RequestHandler } from "express"
import { pagePath, pageSessionEndsAt, subjectOf } from "./Checkout.ts"
import { headerFaults } from "./faultRequest.ts"
import { askPage, note, type PageAnswer, type PageModel } from "./hostedPageViews.ts"
import { isObject, text } from "./json.ts"
import type { Provider } from "./Provider.ts"
import { bankAnswered, cardDigits, type Pressed, pressed, withCheckoutId } from "./pagePresses.ts"
import { pageHeaders } from "./views.ts"

/** The practice cards: one is taken, one asks a bank, one fails there. */
const cards: ReadonlyArray<string> = ["", "4200000000000091", "4200000000000042", "4012001037461114"]

/** The checkout of this address; one that did not ask for a hosted page has none. */
const found = (request: Request, provider: Provider): PageModel | undefined => {
  const { buyer, merchants, payments, secret, switches } = provider
  const checkout = payments.look(text(request.params["id"]) ?? "")
  if (!checkout?.hosted) return undefined
  const { id, merchantCode, redirectUrl = "" } = checkout
  // Only an address that a browser may be sent to.
  const isSafe = /^https?:$/.test(URL.parse(redirectUrl)?.protocol ?? "") && !buyer.stays(id)
  const back = isSafe && switches.checkoutIdInRedirect ? withCheckoutId(redirectUrl, checkout) : redirectUrl
  // A page of another site cannot know it.
  const token = createHmac("sha256", secret).update(id).digest("base64url")
  const merchant = merchants.find(merchantCode)?.name ?? merchantCode
  return { checkout, merchant, token, back: isSafe ? back : undefined }
}

const pageOf = (model: PageModel, { buyer, clock }: Provider): PageAnswer => {
  const { back, checkout } = model
  const here = pagePath(checkout.id)
  const wayBack = { "Back to merchant website": back }
  if (checkout.status === "PAID") return note("paid", model, wayBack)
  const isOver = checkout.status === "EXPIRED" || clock.now() >= pageSessionEndsAt(checkout)
  if (isOver) return note("expired")
  const waitsFor = buyer.waitsFor(checkout.id)
  if (waitsFor === undefined) return askPage("pay", model)
  const on = waitsFor === "bank" ? { "Answer your bank": `${here}/bank` } : { "Look again": here }
  return note(waitsFor, model, { ...on, ...wayBack })
}

type Act = (press: Pressed) => PageAnswer | Promise<PageAnswer>

/** A form is acted on, unless something is wrong with it. */
const acted = (request: Request, model: PageModel, provider: Provider, act: Act) => {
  const form: unknown = request.body
  const back = { "Go back": pagePath(model.checkout.id) }
  if (!isObject(form) || form["token"] !== model.token) return note("outdated", model, back)
  if (!cards.includes(cardDigits(form))) return note("realCard", model, back)
  const asked = headerFaults(request.headers["x-fake-fault"], subjectOf(model.checkout))
  for (const one of typeof asked === "string" ? [] : asked) provider.faults.add(one)
  return act({ provider, model, form })
}

/** The page where buyers pay: links and forms only. */
export const mountHostedPage = (app: Express, provider: Provider): void => {
  const parsing = express.urlencoded({ extended: false, limit: "16kb", parameterLimit: 50 })
  const answering =
    (view: (model: PageModel, request: Request) => PageAnswer | Promise<PageAnswer>): RequestHandler =>
    async (request, response) => {
      const model = found(request, provider)
      const answer = model === undefined ? note("unknown") : await view(model, request)
      response.set(pageHeaders)
      if ("to" in answer) response.redirect(303, answer.to)
      else response.status(answer.status).type("html").send(answer.html)
    }
  const here = ({ checkout }: PageModel) => pagePath(checkout.id)
  const isAsked = ({ checkout }: PageModel) => provider.buyer.waitsFor(checkout.id) === "bank"
  const views: { readonly [path: string]: (model: PageModel) => PageAnswer } = {
    "": (model) => pageOf(model, provider),
    "/left": (model) => note("left", model, { "Return to the payment": here(model) }),
    "/bank": (model) => (isAsked(model) ? askPage("bank", model) : { to: here(model) })
  }
  for (const [path, view] of Object.entries(views)) app.get(`/pay/c-:id${path}`, answering(view))
  for (const [path, act] of Object.entries({ "": pressed, "/bank": bankAnswered })) {
    const view = (model: PageModel, request: Request) => acted(request, model, provider, act)
    app.post(`/pay/c-:id${path}`, parsing, answering(view))
  }
}
