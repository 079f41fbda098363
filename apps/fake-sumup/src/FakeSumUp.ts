import { createServer } from "node:http"
import express, { type ErrorRequestHandler, type Express } from "express"
import { mountAdmin } from "./Admin.ts"
import { send } from "./Answer.ts"
import { mountApi } from "./Api.ts"
import { mountHostedPage } from "./HostedPage.ts"
import { isObject } from "./json.ts"
import { Provider, type ProviderSettings } from "./Provider.ts"
import * as problems from "./problems.ts"
import { stylesheet } from "./stylesheet.ts"

export interface FakeSumUpOptions extends ProviderSettings {
  /** 0, when absent: a free port. */
  readonly port?: number
  /** Where browsers find it; `http://localhost:<port>` when absent. */
  readonly publicUrl?: string
}

/** A body that is too long or an address that does not decode is a bad request; the rest is our fault. */
const failed =
  ({ clock }: Provider): ErrorRequestHandler =>
  (error, request, response, _next) => {
    const isTheirs = isObject(error) && Number(error["status"]) < 500
    if (!isTheirs) console.error(error)
    const answer = isTheirs ? problems.badRequest("The request cannot be read.") : problems.serverError(500)
    if (response.headersSent) request.socket.destroy()
    else send(request, response, answer, clock.now())
  }

/** The web application of a practice provider: API, hosted page and admin. */
const application = (provider: Provider): Express => {
  const app = express()
  for (const setting of ["x-powered-by", "etag"]) app.disable(setting)
  for (const setting of ["strict routing", "case sensitive routing"]) app.enable(setting)
  app.get("/practice.css", (_, response) => {
    response.set("cache-control", "max-age=3600").type("css").send(stylesheet)
  })
  for (const mount of [mountApi, mountHostedPage, mountAdmin]) mount(app, provider)
  app.use((request, response) => send(request, response, problems.nothingHere, provider.clock.now()))
  app.use(failed(provider))
  return app
}

/**
 * Starts a practice provider on 127.0.0.1; `url` is its public address, without a trailing slash, and
 * `provider`
 * reaches its ledger, faults, clock, buyer, webhooks and switches. `close` stops taking calls, cuts open
 * connections
 * and forgets what was scheduled. Rejects when the port is taken or the data file unreadable.
 */
export const startFakeSumUp = async (options: FakeSumUpOptions = {}) => {
  const provider = new Provider(options)
  const server = createServer({ requestTimeout: 30_000 }, application(provider))
  const close = async (): Promise<void> => {
    provider.close()
    const closed = new Promise<unknown>((resolve) => server.close(resolve))
    server.closeAllConnections()
    await closed
  }
  try {
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject).listen(options.port ?? 0, "127.0.0.1", resolve)
    })
  } catch (error) {
    provider.close()
    throw error
  }
  const address = server.address()
  const port = isObject(address) ? Number(address["port"]) : 0
  provider.publicUrl = options.publicUrl ?? `http://localhost:${port}`
  return { url: provider.publicUrl, port, provider, close }
}

export type FakeSumUp = Awaited<ReturnType<typeof startFakeSumUp>>
