import { StoreUnavailable } from "@rose-ash/cart-domain/health/StoreUnavailable"
import { type Cause, Effect, Metric } from "effect"
import { type Answer, page, see, unavailable } from "./Answer.ts"
import type { Asked } from "./Asked.ts"
import { factsOf, placeOf, tell } from "./problems.ts"
import type { Route } from "./Routes.ts"
import type { Refusal } from "./refusals.ts"
import { Site } from "./Site.ts"
import { fullTrace, trace } from "./trace.ts"

const headersOf = (refusal: Refusal): Readonly<Record<string, string>> => {
  if (refusal._tag === "TooMany") return { "Retry-After": String(refusal.seconds) }
  return refusal._tag === "NotFound" && refusal.allow.length > 0 ? { Allow: refusal.allow.join(", ") } : {}
}

const refusals = Metric.counter("cart_refused_total", {
  description: "What browsers asked for and were refused, by refusal",
  incremental: true
})

/** After a form the page where the cure is, with a notice; else the error page. */
export const refused = Effect.fnUntraced(function* (
  route: Route,
  asked: Omit<Asked, "caller">,
  refusal: Refusal
) {
  const { config, words } = yield* Site
  const told = tell(refusal, placeOf(asked))
  yield* Effect.annotateLogsScoped({ refusal: told.tag })
  yield* Metric.update(Metric.withAttributes(refusals, { refusal: told.tag }), 1)
  if (route.method === "post" && told.see !== null) return see(told.see, told.notice)
  const notAllowed = refusal._tag === "NotFound" && refusal.allow.length > 0
  const heading = words.headings[told.heading]
  const text = words.problems[told.tag]({ ...factsOf(refusal), letters: config.letters === true })
  const answer = page(
    "problem",
    { heading, text, reference: null },
    { title: heading, status: notAllowed ? 405 : told.status, headers: headersOf(refusal) }
  )
  return answer
})

export const isStoreAway = (cause: Cause.Cause<never>): boolean =>
  cause.reasons.some((reason) => reason._tag === "Die" && reason.defect instanceof StoreUnavailable)

/** Our own fault. While the store is away, the page that needs nothing of it. */
export const broken = Effect.fnUntraced(function* (id: string, cause: Cause.Cause<never>) {
  const { config, words } = yield* Site
  const what = (config.development ? fullTrace : trace)(cause)
  yield* Effect.annotateLogs(Effect.logError("a request failed"), { trace: what })
  if (isStoreAway(cause)) return unavailable
  const heading = words.headings.sorry
  const reference = words.views.problem.reference(id)
  const text = words.problems.Defect()
  const answer: Answer = page("problem", { heading, text, reference }, { title: heading, status: 500 })
  return answer
})
