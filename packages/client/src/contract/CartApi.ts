import { Schema } from "effect"
import {
  HttpApi,
  HttpApiEndpoint,
  HttpApiGroup,
  HttpApiMiddleware,
  HttpApiSchema,
  HttpApiSecurity,
  OpenApi
} from "effect/http-api"
import { SiblingMessage } from "../events/SiblingMessage.ts"
import { headerNames } from "../events/Signature.ts"
import { EntrySheet, OrderId, OrderSheet } from "./OrderSheet.ts"
import { problems } from "./refusals.ts"
import { Summary } from "./Summary.ts"

/** A service shows its key; what it may do with it is the cart's setting. */
export class ServiceKey extends HttpApiMiddleware.Service<ServiceKey>()("@rose-ash/cart-client/ServiceKey", {
  requiredForClient: true,
  security: { key: HttpApiSecurity.bearer },
  error: [problems.unauthorized, problems.forbidden]
}) {}

/** For whom a summary is asked: the person, or else the browser's session. With neither it is of nobody. */
export const whose = {
  /** SHA-256, lower-case hex, of the session cookie that all services share. */
  "cart-session": Schema.optionalKey(Schema.String.check(Schema.isPattern(/^[0-9a-f]{64}$/u))),
  /** The auth service's id of whoever is logged in. */
  "cart-customer": Schema.optionalKey(
    Schema.String.check(Schema.isPattern(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/u))
  )
}

/** The badge as a link that can be put into a page as it is. */
const Fragment = Schema.String.annotate({ identifier: "Fragment" }).pipe(
  HttpApiSchema.asText({ contentType: "text/html; charset=utf-8" })
)
const Unchanged = HttpApiSchema.Empty(304)

class Carts extends HttpApiGroup.make("carts")
  .add(
    HttpApiEndpoint.get("summary", "/internal/cart/summary", {
      headers: { ...whose, "if-none-match": Schema.optionalKey(Schema.String) },
      success: [Summary, Fragment, Unchanged],
      error: problems.malformed
    }).annotateMerge(
      OpenApi.annotations({
        summary: "What somebody has in all their carts",
        description: "Scope `summary`. By `Accept` as JSON or as an HTML fragment. Carries an ETag."
      })
    )
  )
  .middleware(ServiceKey) {}

class Orders extends HttpApiGroup.make("orders")
  .add(
    HttpApiEndpoint.get("order", "/internal/orders/:id", {
      params: { id: OrderId },
      success: OrderSheet,
      error: problems.notFound
    }).annotateMerge(OpenApi.annotations({ summary: "One order", description: "Scope `orders`." })),
    HttpApiEndpoint.get("entries", "/internal/orders/:id/entries", {
      params: { id: OrderId },
      success: Schema.Array(EntrySheet),
      error: problems.notFound
    }).annotateMerge(
      OpenApi.annotations({
        summary: "The places an order claimed, as they stand",
        description: "Scope `orders`."
      })
    )
  )
  .middleware(ServiceKey) {}

class Operations extends HttpApiGroup.make("operations")
  .add(
    HttpApiEndpoint.get("metrics", "/internal/metrics", {
      success: Schema.String.pipe(
        HttpApiSchema.asText({ contentType: "text/plain; version=0.0.4; charset=utf-8" })
      )
    }).annotateMerge(
      OpenApi.annotations({
        summary: "What is counted, and what waits",
        description: "Scope `metrics`. The text format of Prometheus."
      })
    )
  )
  .middleware(ServiceKey) {}

class Contract extends HttpApiGroup.make("contract")
  .add(
    HttpApiEndpoint.get("openapi", "/internal/openapi.json", { success: Schema.Unknown }).annotateMerge(
      OpenApi.annotations({ summary: "This document", description: "Any key opens it." })
    )
  )
  .middleware(ServiceKey) {}

/** What becomes of a message: both mean that it need not be told again. */
export const Heard = Schema.Struct({ heard: Schema.Literals(["now", "before"]) }).annotate({
  identifier: "Heard"
})

class Events extends HttpApiGroup.make("events").add(
  HttpApiEndpoint.post("tell", "/internal/events", {
    headers: {
      [headerNames.id]: Schema.String,
      [headerNames.timestamp]: Schema.String,
      [headerNames.signature]: Schema.String
    },
    payload: SiblingMessage.pipe(HttpApiSchema.asJson({ contentType: "application/cloudevents+json" })),
    success: Heard.pipe(HttpApiSchema.status(202)),
    error: [problems.malformed, problems.unauthorized, problems.forbidden, problems.tooLarge]
  }).annotateMerge(
    OpenApi.annotations({
      summary: "A sibling tells what happened",
      description:
        "Signed as Standard Webhooks 1.0 say, by a key that both sides know, at most five minutes ago; " +
        "`webhook-id` is the event's id. Told again it is recognised. A type that nobody knows is kept and left alone."
    })
  )
) {}

/** What the cart answers its siblings: the one declaration that server, client and document are made of. */
export class CartApi extends HttpApi.make("rose-ash-cart")
  .add(Carts)
  .add(Orders)
  .add(Events)
  .add(Operations)
  .add(Contract)
  .annotateMerge(
    OpenApi.annotations({
      title: "Rose Ash Cart, for its siblings",
      version: "1.0.0",
      description: "Never reads a cookie. Keys and tokens never stand in an address."
    })
  ) {}

/** The OpenAPI 3.1 document of it. */
export const openApi = () => OpenApi.fromApi(CartApi)
