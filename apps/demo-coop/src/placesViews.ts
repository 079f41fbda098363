import type { Opening } from "./Calendars.ts"
import { type Html, html } from "./html.ts"
import { pounds } from "./money.ts"
import type { Answer, Place, PlaceState } from "./Places.ts"
import { pages } from "./pages.ts"

const zone = { timeZone: "Europe/London" } as const
const day = new Intl.DateTimeFormat("en-GB", { dateStyle: "full", ...zone })
const hour = new Intl.DateTimeFormat("en-GB", { timeStyle: "short", ...zone })

const left = ({ free, places }: Opening): string =>
  free === 0 ? "No place left" : `${free} of ${places} left`

const title = (page: string): string | null => pages.find(({ id }) => id === page)?.title ?? null

const when = ({ endsAt, startsAt }: Pick<Opening, "startsAt" | "endsAt">): Html =>
  html`<time datetime="${startsAt.toISOString()}">${day.format(startsAt)}<br>
${hour.format(startsAt)} to ${hour.format(endsAt)}</time>`

const ask = (opening: Opening): Html | null =>
  opening.free === 0
    ? null
    : html`<form method="post" action="/places"><input type="hidden" name="slot" value="${opening.id}">
<button>Ask for a place<span class="sr"> at ${opening.name}</span></button></form>`

const row = (opening: Opening): Html => html`<tr id="${opening.id}">
<th scope="row">${opening.name}<br><span class="muted">${title(opening.page)}</span></th>
<td>${when(opening)}</td>
<td class="price">${pounds(opening.minor)}</td><td>${left(opening)}</td><td>${ask(opening)}</td></tr>`

/** Everything people can come to. */
export const calendar = (openings: ReadonlyArray<Opening>): Html => html`
<div class="scroll" role="region" aria-label="Calendar" tabindex="0"><table class="stacked">
<caption>What the groups invite to</caption>
<thead><tr><th scope="col">What</th><th scope="col">When</th><th scope="col">Price</th><th scope="col">Places</th>
<th scope="col"><span class="sr">Ask</span></th></tr></thead>
<tbody>${openings.map(row)}</tbody></table></div>`

const words: { readonly [S in PlaceState]: string } = {
  pending: "Held for you",
  ordered: "Ordered, waiting for payment",
  provisional: "Paid, waiting for the organiser",
  confirmed: "Confirmed",
  declined: "Declined by the organiser",
  released: "No longer held for you",
  cancelled: "Cancelled"
}
const state = ({ heldUntil, state }: Place): string => {
  if (state !== "pending" || heldUntil === null) return words[state]
  return heldUntil <= new Date() ? words.released : `${words.pending} until ${hour.format(heldUntil)}`
}

/** What this browser or person has asked for; nothing when that is nothing. */
export const mine = (places: ReadonlyArray<Place>, cart: string): Html | null =>
  places.length === 0
    ? null
    : html`<section aria-labelledby="mine"><h2 id="mine">Your places</h2>
<ul>${places.map((place) => html`<li><strong>${place.name}</strong>, ${day.format(place.startsAt)}: ${state(place)}</li>`)}</ul>
<p><a href="${cart}">Go to your cart to order and pay</a></p></section>`

/** What the visitor came back with. */
export const asked = (word: unknown): Html | null => {
  if (word === "held")
    return html`<p class="note" role="status">Your place is held. Order it in your cart before that time.</p>`
  return word === "none"
    ? html`<p class="note" role="status">The last place has just gone. Another may become free.</p>`
    : null
}

const labels: { readonly [A in Answer]: string } = {
  confirmed: "Confirm",
  declined: "Decline",
  cancelled: "Cancel"
}
const answerForm = (place: Place, answer: Answer): Html => html`<form method="post" action="/organiser">
<input type="hidden" name="place" value="${place.id}"><input type="hidden" name="answer" value="${answer}">
<button class="quiet">${labels[answer]}<span class="sr"> ${place.name}, ${place.id}</span></button></form>`

/** What an organiser can say something to. */
export const desk = (places: ReadonlyArray<Place>): Html =>
  places.length === 0
    ? html`<p>Nobody waits for your word.</p>`
    : html`<ul>${places.map(
        (
          place
        ) => html`<li><p><strong>${place.name}</strong> (${title(place.page)}), ${day.format(place.startsAt)},
place ${place.id}: ${words[place.state]}</p>
${place.state === "provisional" ? [answerForm(place, "confirmed"), answerForm(place, "declined")] : null}
${answerForm(place, "cancelled")}</li>`
      )}</ul>`
