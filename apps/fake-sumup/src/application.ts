import express, { type ErrorRequestHandler, type Express } from "express"
import { mountAdmin } from "./Admin.ts"
import { send } from "./Answer.ts"
import { mountApi } from "./Api.ts"
import { mountHostedPage } from "./HostedPage.ts"
import type { Provider } from "./Provider.ts"
import * as problems from "./problems.ts"
import { stylesheet } from "./stylesheet.ts"

const statusOf = (error: unknown): number =>
  typeof error === "object" && error !== null && "status" in error && typeof error.status === "number"
    ? error.status
    : 500

/** The web application of a practice provider: API, hosted page and admin. */
export const application = (provider: Provider): Express => {
  const app = express()
  app.disable("x-powered-by")
  app.disable("etag")
  app.enable("strict routing")
  app.enable("case sensitive routing")
  app.get("/practice.css", (_, response) => {
    response.set("cache-control", "max-age=3600").type("css").send(stylesheet)
  })
  mountApi(app, provider)
  mountHostedPage(app, provider)
  mountAdmin(app, provider)
  app.use((request, response) => send(request, response, problems.nothingHere(), provider.clock.now()))
  app.use(failed(provider))
  return app
}

/** A body that is too long or an address that does not decode is a bad request; the rest is our fault. */
const failed =
  (provider: Provider): ErrorRequestHandler =>
  (error, request, response, _next) => {
    const isTheirs = statusOf(error) < 500
    if (!isTheirs) console.error(error)
    const answer = isTheirs ? problems.badRequest("The request cannot be read.") : problems.serverError(500)
    if (response.headersSent) request.socket.destroy()
    else send(request, response, answer, provider.clock.now())
  }
