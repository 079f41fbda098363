import type { Badge } from "@rose-ash/cart-client/badge"
import { type Html, html } from "./html.ts"
import type { Links } from "./Links.ts"

/** Who looks at the page; null when nobody is logged in. */
export interface Member {
  readonly id: string
  readonly name: string
}

/** What every page of the three services has around its own content. */
export interface Frame {
  readonly links: Links
  readonly member: Member | null
  /** What is in the cart of whoever looks. */
  readonly badge: Badge
  /** Where the page itself is, to come back to after logging in. */
  readonly here: string
}

const account = ({ here, links, member }: Frame): Html => {
  if (member === null) {
    return html`<a href="${links.blog}/login?return_to=${encodeURIComponent(here)}">Log in</a>`
  }
  return html`<form method="post" action="${links.blog}/logout">
<input type="hidden" name="return_to" value="${here}">
<span>${member.name}</span> <button class="link">Log out</button></form>`
}

/** The link says how much is in it; what it costs is beside it, for whoever has the room. */
const cart = ({ count, href, totals }: Badge): Html => {
  if (count === null || count === 0) return html`<a href="${href}">Your cart</a>`
  const cost = totals.join(" and ")
  return html`<a href="${href}">Your cart <span class="count">${count}</span><span class="sr"> ${
    count === 1 ? "thing" : "things"
  }, ${cost}</span></a>`
}

/** A whole page; `title` is also its heading. */
export const layout = (frame: Frame, title: string, main: Html): Html => html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} – Rose Ash</title>
<link rel="stylesheet" href="/coop.css">
<link rel="icon" href="data:,">
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<p class="banner" role="note">Practice cooperative: the people, the goods and the money are made up.</p>
<header><div class="wrap">
<a class="brand" href="${frame.links.blog}">Rose Ash</a>
<nav aria-label="Rose Ash">
<a href="${frame.links.market}">Shop</a>
<a href="${frame.links.events}">Calendars</a>
${cart(frame.badge)}
<a href="${frame.links.cart}/orders">Your orders</a>
</nav>
<div class="account">${account(frame)}</div>
</div></header>
<main id="main" class="wrap" tabindex="-1">
<h1>${title}</h1>
${main}
</main>
<footer><div class="wrap"><p>A practice copy of the services around the cart.</p></div></footer>
</body>
</html>
`
