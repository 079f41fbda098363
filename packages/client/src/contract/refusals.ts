import { Schema } from "effect"
import { HttpApiSchema } from "effect/http-api"

/** No key, or none that is alive: `Authorization: Bearer …`. */
export class Unauthorized extends Schema.TaggedError<Unauthorized>()(
  "Unauthorized",
  {},
  { httpApiStatus: 401 }
) {}
/** The caller's key does not open this. */
export class Forbidden extends Schema.TaggedError<Forbidden>()("Forbidden", {}, { httpApiStatus: 403 }) {}
export class NotFound extends Schema.TaggedError<NotFound>()("NotFound", {}, { httpApiStatus: 404 }) {}
/** Nothing that this contract knows. */
export class Malformed extends Schema.TaggedError<Malformed>()("Malformed", {}, { httpApiStatus: 400 }) {}
/** More than a message may carry. */
export class TooLarge extends Schema.TaggedError<TooLarge>()("TooLarge", {}, { httpApiStatus: 413 }) {}

/** The refusals as they travel: problem details of RFC 9457. */
export const problems = {
  unauthorized: Unauthorized.pipe(HttpApiSchema.asProblem({ title: "No key that opens anything here" })),
  forbidden: Forbidden.pipe(HttpApiSchema.asProblem({ title: "This key does not open that" })),
  notFound: NotFound.pipe(HttpApiSchema.asProblem({ title: "There is no such thing" })),
  malformed: Malformed.pipe(HttpApiSchema.asProblem({ title: "This cannot be read" })),
  tooLarge: TooLarge.pipe(HttpApiSchema.asProblem({ title: "More than 16 kB" }))
} as const
