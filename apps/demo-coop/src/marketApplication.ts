import type { Express } from "express"
import { application, ownForms, type Service, show } from "./application.ts"
import { html } from "./html.ts"
import type { Market } from "./Market.ts"
import { added, shelf, single } from "./marketViews.ts"
import { groups, pages } from "./pages.ts"
import { pictureFile } from "./pictures.ts"
import { rising } from "./products.ts"

/** Plays the market: products of every page, each with a form that adds it to the cart. */
export const marketApplication = (service: Service, market: Market): Express => {
  const { links, origin } = service
  return application(service, (app) => {
    app.get("/", async (request, response) => {
      const page = await show(service, "/", response)
      const offers = await market.offers()
      const shelves = [...groups, ...pages.filter((one) => !groups.includes(one))].map((group) => {
        const own = offers.filter(({ pageId }) => pageId === group.id)
        return shelf(links, group, own, `${origin}/`)
      })
      page("Shop", html`${added(links, request.query["cart"])}${shelves}`)
    })
    app.get("/pictures/:file", (request, response, next) => {
      const [item = "", extension] = request.params.file.split(".")
      const picture = extension === "svg" ? pictureFile(item) : undefined
      if (picture === undefined) return next()
      response.set({
        "cache-control": "public, max-age=3600",
        "cross-origin-resource-policy": "cross-origin"
      })
      response.type("svg").send(picture)
    })
    app.post("/practice/raise", ownForms([origin]), async (_, response) => {
      await market.raise()
      response.redirect(303, `${origin}/${rising.pageId}/${rising.id}`)
    })
    app.get("/:page", async (request, response, next) => {
      const group = pages.find(({ id }) => id === request.params.page)
      if (group === undefined) return next()
      const page = await show(service, `/${group.id}`, response)
      const own = (await market.offers()).filter(({ pageId }) => pageId === group.id)
      const content = shelf(links, group, own, `${origin}/${group.id}`)
      page(`${group.title}: shop`, html`${added(links, request.query["cart"])}${content}`)
    })
    app.get("/:page/:item", async (request, response, next) => {
      const group = pages.find(({ id }) => id === request.params.page)
      const offer = (await market.offers()).find(({ id }) => id === request.params.item)
      if (group === undefined || offer === undefined || offer.pageId !== group.id) return next()
      const path = `/${group.id}/${offer.id}`
      const page = await show(service, path, response)
      const content = single(links, group, offer, origin + path)
      page(offer.name, html`${added(links, request.query["cart"])}${content}`)
    })
  })
}
