import type { Rule } from "../../house/Violation.ts"

/** A text, in a file of the domain unless a path is given. */
export type Given = string | readonly [path: string, text: string]

/** What breaks a rule, and the nearest things that keep it. */
export interface Case {
  readonly rule: Rule
  readonly broken: ReadonlyArray<Given>
  readonly kept: ReadonlyArray<Given>
}
