import type { Express } from "express"
import { application, type Service, show } from "./application.ts"
import type { Calendars, Opening } from "./Calendars.ts"
import { type Html, html } from "./html.ts"
import { pounds } from "./money.ts"
import { pages } from "./pages.ts"

const day = new Intl.DateTimeFormat("en-GB", { dateStyle: "full", timeZone: "Europe/London" })
const hour = new Intl.DateTimeFormat("en-GB", { timeStyle: "short", timeZone: "Europe/London" })

const left = ({ free, places }: Opening): string =>
  free === 0 ? "No place left" : `${free} of ${places} left`

const row = (opening: Opening): Html => html`<tr id="${opening.id}">
<th scope="row">${opening.name}<br><span class="muted">${pages.find(({ id }) => id === opening.page)?.title ?? null}</span></th>
<td><time datetime="${opening.startsAt.toISOString()}">${day.format(opening.startsAt)}<br>
${hour.format(opening.startsAt)} to ${hour.format(opening.endsAt)}</time></td>
<td class="price">${pounds(opening.minor)}</td><td>${left(opening)}</td></tr>`

/** Plays the events app: what people can come to, and how many places are left. */
export const eventsApplication = (service: Service, calendars: Calendars): Express =>
  application(service, (app) => {
    app.get("/", async (_, response) => {
      const page = await show(service, "/", response)
      const openings = await calendars.openings()
      page(
        "Calendars",
        html`<div class="scroll" role="region" aria-label="Calendar" tabindex="0"><table>
<caption>What the groups invite to</caption>
<thead><tr><th scope="col">What</th><th scope="col">When</th><th scope="col">Price</th><th scope="col">Places</th></tr></thead>
<tbody>${openings.map(row)}</tbody></table></div>`
      )
    })
  })
