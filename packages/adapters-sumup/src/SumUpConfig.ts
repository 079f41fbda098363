import type { Redacted } from "effect"

/** How SumUp is reached and reaches us. Addresses are absolute; a trailing slash does not matter. */
export interface SumUpConfig {
  /** SumUp itself, or a stand-in that keeps to its document. It alone decides whom we call. */
  readonly baseUrl: string
  /** Where this service is found from outside: by webhooks and by returning buyers. */
  readonly publicUrl: string
  /** Seals the webhooks' secret paths. */
  readonly hintKey: Redacted.Redacted<string>
  /** What `hintKey` was before: pages that were made then still tell. */
  readonly previousHintKey?: Redacted.Redacted<string>
  /** Where buyers may be sent to pay: origins, `https://*.example.com` for every host below. */
  readonly payOrigins: ReadonlyArray<string>
  /** Real money: sandbox accounts are refused. */
  readonly live: boolean
}

/** An address that paths can be put behind. */
export const withoutSlash = (url: string): string => url.replace(/\/+$/u, "")
