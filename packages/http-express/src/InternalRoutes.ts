import type { Scope } from "./services.ts"

export interface InternalRoute {
  readonly method: "get" | "post"
  readonly path: string
  /** Whose key opens it; `any` caller's, or the signature of a teller. */
  readonly opens: Scope | "any" | "signature"
}

/** Every address for siblings, as data: the application, its document and the access matrix read it. */
export const internalRoutes = {
  summary: { method: "get", path: "/internal/cart/summary", opens: "summary" },
  order: { method: "get", path: "/internal/orders/:id", opens: "orders" },
  entries: { method: "get", path: "/internal/orders/:id/entries", opens: "orders" },
  metrics: { method: "get", path: "/internal/metrics", opens: "metrics" },
  openapi: { method: "get", path: "/internal/openapi.json", opens: "any" },
  tell: { method: "post", path: "/internal/events", opens: "signature" }
} as const satisfies Record<string, InternalRoute>

export type InternalRouteName = keyof typeof internalRoutes
