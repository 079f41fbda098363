import { type Checkout, pagePath } from "./Checkout.ts"
import { type Html, html, layout } from "./html.ts"
import type { Merchant } from "./Merchants.ts"
import { spoken } from "./money.ts"
import { practiceActions } from "./practiceActions.ts"

/** What the pages show. */
export interface PageModel {
  readonly checkout: Checkout
  readonly merchant: Merchant
  readonly token: string
  /** Where the buyer goes back to; undefined: there is no way back. */
  readonly back: string | undefined
}

const summary = ({ checkout, merchant }: PageModel): Html => html`
<p class="amount">${spoken(checkout.amount, checkout.currency)}</p>
<dl>
<dt>To</dt><dd>${merchant.name}</dd>
<dt>For</dt><dd>${checkout.description ?? "–"}</dd>
<dt>Reference</dt><dd>${checkout.reference}</dd>
</dl>`

const button = (action: string, label: string, kind = ""): Html =>
  html`<button type="submit" name="action" value="${action}" class="${kind}">${label}</button>
`

const cardField = html`<label for="card">Practice card number
<input id="card" name="card" inputmode="numeric" autocomplete="off" value="4200 0000 0000 0091"
 aria-describedby="cards" maxlength="23"></label>
<p class="muted" id="cards">…0091 is taken · 4200 0000 0000 0042 asks a bank · 4012 0010 3746 1114 fails
at the bank. Never type a real card.</p>`

/** The page of a checkout that can be paid. */
export const payPage = (model: PageModel): Html => {
  const { checkout, merchant, token } = model
  const amount = spoken(checkout.amount, checkout.currency)
  const declined = html`<p class="note bad" role="alert">Payment declined. Nothing was taken: try another card.</p>`
  const practice = Object.entries(practiceActions).map(([name, { label }]) => button(name, label))
  return layout(
    `Pay ${merchant.name} ${amount}`,
    html`<h1>Pay ${merchant.name}</h1>
${checkout.status === "FAILED" ? declined : ""}
<section class="card">${summary(model)}</section>
<form class="card" method="post" action="${pagePath(checkout.id)}">
<input type="hidden" name="token" value="${token}">
<h2>Card</h2>
${cardField}
${button("pay", `Pay ${amount}`, "main")}
<div class="row">
${button("decline", "Decline")}${button("bank", "3-D Secure then pay")}${button("expire", "Expire now")}
${button("abandon", "Abandon")}
</div>
<div class="row">
<label for="seconds">Seconds<input id="seconds" name="seconds" type="number" min="0" max="86400" value="5"></label>
${button("slow", "Pay slowly")}
</div>
<details><summary><h2>Make something go wrong</h2></summary>
<p class="muted">Each is one click; the seconds above are how late, the times below how often.</p>
<label for="times">Times<input id="times" name="times" type="number" min="1" max="20" value="2"></label>
<div class="row">${practice}</div>
</details>
</form>`
  )
}

const wayBack = ({ back }: PageModel): Html =>
  back === undefined ? html`` : html`<a class="back" href="${back}">Back to merchant website</a>`

/** The payment succeeded; a link leads back only when the merchant gave an address. */
export const paidPage = (model: PageModel, title = "Payment successful"): Html =>
  layout(
    title,
    html`<h1>${title}</h1>
<section class="card">${summary(model)}
<p class="note ok">Paid. You may close this page.</p>
${wayBack(model)}</section>`
  )

/** A bank was asked to confirm it is you. */
export const bankPage = (model: PageModel): Html =>
  layout(
    "Your bank asks: is this you?",
    html`<h1>Your bank asks: is this you?</h1>
<section class="card">${summary(model)}
<form method="post" action="${pagePath(model.checkout.id)}/bank">
<input type="hidden" name="token" value="${model.token}">
<div class="row">
${button("confirm", "Yes, pay", "main")}${button("refuse", "No, refuse")}
</div>
</form></section>`
  )

/** The card is being checked. */
export const waitingPage = (model: PageModel, waitsFor: "bank" | "processing"): Html =>
  layout(
    "Your payment is being processed",
    html`<h1>Your payment is being processed</h1>
<section class="card">${summary(model)}
${
  waitsFor === "bank"
    ? html`<a class="back" href="${pagePath(model.checkout.id)}/bank">Answer your bank</a>`
    : html`<a class="back" href="${pagePath(model.checkout.id)}">Look again</a>`
}
${wayBack(model)}</section>`
  )

export const expiredPage = (): Html =>
  layout(
    "This payment has expired",
    html`<h1>This payment has expired</h1>
<p class="note bad">It can no longer be paid here. Nothing was taken on this page.</p>`
  )

export const unknownPage = (): Html =>
  layout("Payment not found", html`<h1>Payment not found</h1><p>There is no payment at this address.</p>`)

export const abandonedPage = (model: PageModel): Html =>
  layout(
    "You left the payment page",
    html`<h1>You left the payment page</h1>
<section class="card"><p>Nothing was paid and nobody was told. The payment stays open.</p>
<a class="back" href="${pagePath(model.checkout.id)}">Return to the payment</a></section>`
  )

export const refusedPage = (why: string, back: string): Html =>
  layout(
    "Not accepted",
    html`<h1>Not accepted</h1><p class="note bad" role="alert">${why}</p>
<a class="back" href="${back}">Go back</a>`
  )
