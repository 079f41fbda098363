import { createHash, timingSafeEqual } from "node:crypto"
import type { SiblingName } from "@rose-ash/cart-client/events/SiblingMessage"
import { Redacted } from "effect"

/** What a service may ask for. */
export type Scope = "summary" | "orders" | "metrics"

/** A service that calls this one, and the keys it may show: two while one replaces the other. */
export interface ServiceCaller {
  readonly name: string
  readonly keys: ReadonlyArray<Redacted.Redacted>
  readonly scopes: ReadonlyArray<Scope>
}

/** A sibling that tells what happened, and the keys it may sign with: two while one replaces the other. */
export interface Teller {
  readonly name: SiblingName
  readonly keys: ReadonlyArray<Redacted.Redacted>
}

/** How siblings reach this service. */
export interface InternalConfig {
  /** A listener of its own, unreachable from outside; null: where browsers come too. */
  readonly port: number | null
  readonly callers: ReadonlyArray<ServiceCaller>
  readonly tellers: ReadonlyArray<Teller>
}

const digestOf = (text: string): Buffer => createHash("sha256").update(text).digest()
const shape = /^Bearer ([\x21-\x7e]{1,512})$/i

/**
 * Who shows a key. Every key is looked at to its end, so that time tells neither whose it nearly was nor how
 * nearly.
 */
export const callerBy = (callers: ReadonlyArray<ServiceCaller>) => {
  const known = callers.flatMap((caller) =>
    caller.keys.map((key) => ({ caller, digest: digestOf(Redacted.value(key)) }))
  )
  return (authorization: string | undefined): ServiceCaller | null => {
    const shown = digestOf(shape.exec(authorization ?? "")?.[1] ?? "")
    let found: ServiceCaller | null = null
    for (const { caller, digest } of known) if (timingSafeEqual(digest, shown)) found = caller
    return found
  }
}
