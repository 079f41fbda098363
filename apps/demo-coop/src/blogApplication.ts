import { receiver } from "@rose-ash/cart-client/events/receiver"
import express, { type Express, type Request, type Response } from "express"
import { application, ownForms, type Service, show } from "./application.ts"
import type { Blog } from "./Blog.ts"
import type { Happenings } from "./Happenings.ts"
import { happeningsView } from "./happeningsView.ts"
import { type Html, html } from "./html.ts"
import { lettersView } from "./lettersView.ts"
import type { Mailbox } from "./Mailbox.ts"
import { groups } from "./pages.ts"
import { people } from "./people.ts"
import { returnTo } from "./returnTo.ts"
import { cookie, newSession } from "./session.ts"

const buttons = (back: string | undefined): Html =>
  html`<ul class="people">${people.map(
    ({ id, name }) => html`<li><form method="post" action="/login">
<input type="hidden" name="person" value="${id}">
<input type="hidden" name="return_to" value="${back ?? null}">
<button>Log in as ${name}</button></form></li>`
  )}</ul>`

const home = (service: Service): Html => html`
<p>A cooperative of groups that bake, grow, sing and print.
Each sells its own things and is paid directly.</p>
<section aria-labelledby="groups"><h2 id="groups">Our groups</h2>
<ul class="grid">${groups.map(
  ({ about, contact, id, title }) => html`<li class="card"><div class="body">
<h3><a href="${service.links.market}/${id}">${title}</a></h3><p>${about}</p>
<p class="muted"><a href="mailto:${contact}">${contact}</a></p></div></li>`
)}</ul></section>
<section aria-labelledby="log-in"><h2 id="log-in">Log in</h2>
<p>Nobody needs an account to buy something. Whoever logs in finds cart and orders on every device.</p>
${buttons(service.origin)}</section>`

const field = (request: Request, name: string): unknown => Reflect.get(request.body ?? {}, name)

/** What the cart tells the blog, and the key it is signed with; null: nobody listens. */
interface Listening {
  readonly happenings: Happenings
  readonly key: string | null
  readonly mailbox: Mailbox
}

/** Plays the blog: who the groups are, and who is logged in. */
export const blogApplication = (service: Service, blog: Blog, cart: Listening): Express => {
  const back = (request: Request, response: Response) =>
    response.redirect(303, returnTo(service.links, field(request, "return_to")) ?? service.origin)
  const current = (request: Request) => cookie(request.headers.cookie, service.sessionCookie)
  const setCookie = (response: Response, value: string, maxAge: number) =>
    response.cookie(service.sessionCookie, value, { httpOnly: true, sameSite: "lax", path: "/", maxAge })
  return application(service, (app) => {
    if (cart.key !== null) app.post("/cart/events", receiver(cart.happenings.receives(cart.key)))
    app.use(express.urlencoded({ extended: false, limit: "4kb" }))
    app.get("/__dev", async (request, response) => {
      const page = await show(service, "/__dev", response)
      const follows = request.query["follow"] === "yes"
      if (follows) response.set("refresh", "3")
      page("Events as they happen", happeningsView(await cart.happenings.newest(), follows))
    })
    app.get("/__dev/mail", async (_, response) => {
      const page = await show(service, "/__dev/mail", response)
      page("Letters", lettersView(cart.mailbox.newest()))
    })
    app.get("/", async (_, response) => {
      const page = await show(service, "/", response)
      page("The Rose Ash cooperative", home(service))
    })
    app.get("/login", async (request, response) => {
      const page = await show(service, "/", response)
      const target = returnTo(service.links, request.query["return_to"])
      page("Log in", html`<p>Choose who you are. There are no passwords here.</p>${buttons(target)}`)
    })
    app.post("/login", ownForms([service.origin]), async (request, response) => {
      const person = people.find(({ id }) => id === field(request, "person"))
      if (person === undefined) return void response.status(400).type("text").send("Nobody has that name.\n")
      const session = newSession()
      const before = current(request)
      await blog.logOut(before)
      await blog.logIn(person.id, session, before)
      setCookie(response, session, blog.sessionLasts)
      back(request, response)
    })
    app.post("/logout", ownForms(Object.values(service.links)), async (request, response) => {
      await blog.logOut(current(request))
      setCookie(response, "", 0)
      back(request, response)
    })
  })
}
