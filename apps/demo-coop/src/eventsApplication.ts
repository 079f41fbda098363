import express, { type Express, type Request } from "express"
import { application, ownForms, type Service, show } from "./application.ts"
import type { Calendars } from "./Calendars.ts"
import { html } from "./html.ts"
import { answers, type Holder, type Places } from "./Places.ts"
import { asked, calendar, desk, mine } from "./placesViews.ts"
import { cookie, newSession, sessionRules } from "./session.ts"

const field = (request: Request, name: string): unknown => Reflect.get(request.body ?? {}, name)

/** Plays the events app: what people can come to, their places, and the organisers' word on them. */
export const eventsApplication = (service: Service, calendars: Calendars, places: Places): Express => {
  const sessionOf = (request: Request) => cookie(request.headers.cookie, service.sessionCookie)
  const holderOf = async (session: string): Promise<Holder> => ({
    member: (await service.who(session))?.id ?? null,
    session
  })
  const organiserOf = async (request: Request): Promise<string | null> => {
    const session = sessionOf(request)
    return session === undefined ? null : ((await service.who(session))?.id ?? null)
  }
  return application(service, (app) => {
    app.use(express.urlencoded({ extended: false, limit: "4kb" }))
    app.get("/", async (request, response) => {
      const page = await show(service, "/", response)
      const session = sessionOf(request)
      const own = session === undefined ? [] : await places.of(await holderOf(session))
      const openings = await calendars.openings()
      page(
        "Calendars",
        html`${asked(request.query["place"])}${mine(own, service.links.cart)}${calendar(openings)}
<p class="muted">You look after a page? <a href="/organiser">Places that wait for your word</a></p>`
      )
    })
    app.post("/places", ownForms([service.origin]), async (request, response) => {
      const slot = field(request, "slot")
      if (typeof slot !== "string" || slot.length > 64) return void response.redirect(303, "/")
      // A browser that nobody knows yet gets a session of its own: the cart knows it by the same one.
      const session = sessionOf(request) ?? newSession()
      const held = await places.ask(slot, await holderOf(session))
      if (held !== null && sessionOf(request) === undefined) {
        response.cookie(service.sessionCookie, session, sessionRules)
      }
      response.redirect(303, held === null ? "/?place=none" : "/?place=held")
    })
    app.get("/organiser", async (request, response) => {
      const page = await show(service, "/organiser", response)
      const member = await organiserOf(request)
      if (member === null)
        return page("Organisers", html`<p>Log in to see whose places wait for you.</p>`, 403)
      page("Organisers", desk(await places.toAnswer(member)))
    })
    app.post("/organiser", ownForms([service.origin]), async (request, response) => {
      const member = await organiserOf(request)
      const answer = answers.find((one) => one === field(request, "answer"))
      const place = field(request, "place")
      if (member === null || answer === undefined || typeof place !== "string")
        return void response.status(403).type("text").send("That is not yours to say.\n")
      await places.answer(member, place.slice(0, 64), answer)
      response.redirect(303, "/organiser")
    })
  })
}
