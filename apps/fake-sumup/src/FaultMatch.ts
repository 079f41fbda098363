/** Which calls, payments or webhooks a rule is for; what is absent matches anything. */
export interface FaultMatch {
  readonly method?: string
  /** An exact path, or one with `*` for any part. */
  readonly path?: string
  readonly merchant?: string
  readonly reference?: string
  /** One call and no other: its number. */
  readonly call?: number
  /** How likely each that matches is hit, from 0 to 1. */
  readonly chance?: number
  /** From the nth that matches on, counted from 1. */
  readonly nth?: number
}

/** What a rule is matched against. */
export interface Subject {
  readonly method: string
  readonly path: string
  readonly merchant: string | undefined
  readonly reference: string | undefined
  readonly call?: number
}

/** A path with `*` for any part, as an expression. */
export const pattern = (path: string): RegExp =>
  new RegExp(`^${path.replaceAll(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*")}$`)

/** Whether a rule is for this subject; `path` is the match's path as a pattern. */
export const matches = (
  { match, path }: { readonly match: FaultMatch; readonly path: RegExp | undefined },
  subject: Subject
): boolean =>
  (match.method === undefined || match.method.toUpperCase() === subject.method) &&
  (path === undefined || path.test(subject.path)) &&
  (match.call === undefined || match.call === subject.call) &&
  (match.merchant === undefined || match.merchant === subject.merchant) &&
  (match.reference === undefined || match.reference === subject.reference)
