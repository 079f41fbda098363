import { Readiness } from "@rose-ash/cart-domain/health/Readiness"
import { Effect, Metric } from "effect"
import { PrometheusMetrics } from "effect/observability"
import type { InternalHandler } from "./InternalAnswer.ts"

const backlog = Metric.gauge("cart_backlog", {
  description: "How much waits, by what it is; see packages/domain/src/health/Readiness.ts"
})

/** Everything that is counted, and what waits at this moment, in the text format of Prometheus. */
export const metrics: InternalHandler = Effect.fnUntraced(function* () {
  const readiness = yield* Readiness
  for (const [of, count] of Object.entries(yield* readiness.backlog))
    yield* Metric.update(Metric.withAttributes(backlog, { of }), count)
  return {
    status: 200,
    headers: { "Content-Type": "text/plain; version=0.0.4; charset=utf-8", "Cache-Control": "no-store" },
    body: yield* PrometheusMetrics.format()
  }
})
