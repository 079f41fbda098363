import { Data } from "effect"

/** Why there is no service, in sentences an operator can act on. */
export class CannotStart extends Data.TaggedError("CannotStart")<{
  readonly sentences: ReadonlyArray<string>
}> {}
