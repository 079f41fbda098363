import type { Happening } from "./Happenings.ts"
import { type Html, html } from "./html.ts"
import { pages } from "./pages.ts"

const moment = new Intl.DateTimeFormat("en-GB", {
  dateStyle: "medium",
  timeStyle: "medium",
  timeZone: "Europe/London"
})

const row = ({ at, data, page, sequence, subject, type }: Happening): Html => html`<tr>
<td><time datetime="${at.toISOString()}">${moment.format(at)}</time></td>
<th scope="row">${type}</th>
<td>${pages.find(({ id }) => id === page)?.title ?? null}</td>
<td><span class="muted">${subject.slice(-8)}</span> no. ${sequence}</td>
<td><code>${data}</code></td></tr>`

/** What the cart told, the newest first. */
export const happeningsView = (happenings: ReadonlyArray<Happening>, follows: boolean): Html => html`
<p>The cart tells the blog what happens to orders, over a signed request. Each event is kept once.</p>
<p>${follows ? html`This page looks again every three seconds. <a href="/__dev">Stop</a>` : html`<a href="/__dev">Look again</a>, or <a href="/__dev?follow=yes">keep looking</a>.`}</p>
${
  happenings.length === 0
    ? html`<p class="note">Nothing happened yet. Order something in the shop.</p>`
    : html`<div class="scroll" role="region" aria-label="Events" tabindex="0"><table class="stacked">
<caption>The newest first</caption>
<thead><tr><th scope="col">When</th><th scope="col">What</th><th scope="col">Page</th>
<th scope="col">Of</th><th scope="col">Says</th></tr></thead>
<tbody>${happenings.map(row)}</tbody></table></div>`
}`
