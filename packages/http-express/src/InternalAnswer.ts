import {
  Forbidden,
  Malformed,
  NotFound,
  problems,
  TooLarge,
  Unauthorized
} from "@rose-ash/cart-client/contract/refusals"
import { type Effect, Schema } from "effect"
import type { Services } from "./Handler.ts"

/** A sibling's request, as a route sees it. */
export interface Called {
  readonly params: Readonly<Record<string, unknown>>
  /** By its name in lower case. */
  readonly header: (name: string) => string | undefined
  /** The bytes that were sent; none for what reads only. */
  readonly body: Uint8Array
  /** The caller would rather have a fragment than JSON. */
  readonly html: boolean
}

export interface InternalAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | null
}

/** What a sibling may be refused. */
export type InternalRefusal = Forbidden | Malformed | NotFound | TooLarge | Unauthorized

export type InternalHandler = (called: Called) => Effect.Effect<InternalAnswer, InternalRefusal, Services>

const json = "application/json"
const problem = "application/problem+json"

export const answer = (status: number, value: unknown): InternalAnswer => ({
  status,
  headers: { "Content-Type": json },
  body: JSON.stringify(value)
})

const bodies = {
  Unauthorized: Schema.encodeSync(problems.unauthorized)(new Unauthorized()),
  Forbidden: Schema.encodeSync(problems.forbidden)(new Forbidden()),
  NotFound: Schema.encodeSync(problems.notFound)(new NotFound()),
  Malformed: Schema.encodeSync(problems.malformed)(new Malformed()),
  TooLarge: Schema.encodeSync(problems.tooLarge)(new TooLarge())
}

const statuses = { Unauthorized: 401, Forbidden: 403, NotFound: 404, Malformed: 400, TooLarge: 413 } as const

/** A refusal as the contract says it. */
export const refusalAnswer = ({ _tag }: InternalRefusal): InternalAnswer => {
  const body = bodies[_tag]
  const asks = _tag === "Unauthorized" ? { "WWW-Authenticate": "Bearer" } : {}
  return { status: statuses[_tag], headers: { "Content-Type": problem, ...asks }, body: JSON.stringify(body) }
}

/** Our own fault, or the store's: 500, or 503 when it is worth trying again. */
export const faultAnswer = (isAway: boolean): InternalAnswer => {
  const [status, title] = isAway ? [503, "The store is away"] : [500, "This is our own fault"]
  return {
    status,
    headers: { "Content-Type": problem, ...(isAway ? { "Retry-After": "2" } : {}) },
    body: JSON.stringify({ type: "about:blank", title, status })
  }
}
