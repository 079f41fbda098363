import { randomBytes } from "node:crypto"
import { type Html, html } from "./html.ts"
import type { Links } from "./Links.ts"
import type { Offer } from "./Market.ts"
import { pounds } from "./money.ts"
import type { Page } from "./pages.ts"
import { inlinePicture } from "./pictures.ts"
import { rising } from "./products.ts"

/** How many of a product one form may ask for. */
const mostAtOnce = 99

const addForm = (links: Links, offer: Offer, back: string): Html => {
  if (!offer.available) return html`<p class="tag">Sold out</p>`
  // The key is this form's own: sent twice, it adds once.
  return html`<form class="add" method="post" action="${links.cart}/cart/lines">
<input type="hidden" name="page" value="${offer.pageId}">
<input type="hidden" name="item" value="${offer.id}">
<input type="hidden" name="key" value="${randomBytes(16).toString("base64url")}">
<input type="hidden" name="return_to" value="${back}">
<label>Quantity <input name="quantity" type="number" min="1" max="${Math.min(offer.most, mostAtOnce)}"
 value="1" required></label>
<button>Add<span class="sr"> ${offer.name}</span> to cart</button>
</form>`
}

const facts = (offer: Offer): Html => html`<p class="price">${pounds(offer.minor)}</p>
<p>${offer.about}</p>${offer.most < mostAtOnce ? html`<p class="muted">At most ${offer.most} per person.</p>` : null}`

const card = (
  links: Links,
  offer: Offer,
  back: string
): Html => html`<li class="card">${inlinePicture(offer.id)}
<div class="body"><h3><a href="/${offer.pageId}/${offer.id}">${offer.name}</a></h3>
${facts(offer)}${addForm(links, offer, back)}</div></li>`

/** What the visitor came back with: the cart's word, turned into a sentence. */
export const added = (links: Links, word: unknown): Html | null =>
  word === "added"
    ? html`<p class="note" role="status">Added to your cart. <a href="${links.cart}">See your cart</a></p>`
    : null

/** The offers of one page, below its name. */
export const shelf = (links: Links, page: Page, offers: ReadonlyArray<Offer>, back: string): Html => html`
<section aria-labelledby="${page.id}"><h2 id="${page.id}"><a href="/${page.id}">${page.title}</a></h2>
<p>${page.about}</p>
<ul class="grid">${offers.map((offer) => card(links, offer, back))}</ul></section>`

/** One offer alone. The rising price can be pushed, so that nobody has to wait for it. */
export const single = (links: Links, page: Page, offer: Offer, back: string): Html => html`
<div class="picture">${inlinePicture(offer.id)}</div>
${facts(offer)}${addForm(links, offer, back)}
${
  offer.id === rising.id
    ? html`<form class="raise" method="post" action="/practice/raise"><p class="muted">The price of this one rises while you look:
put it into the cart and wait, or</p><button class="quiet">Let the price rise</button></form>`
    : null
}
<p><a href="/${page.id}">Everything from ${page.title}</a></p>`
