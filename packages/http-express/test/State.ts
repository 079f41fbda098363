import type { ExpressConfig } from "../src/Express.ts"
import type { Stage } from "./Stage.ts"

/** A page in a state that people can be in, and what it says then. */
export interface State {
  readonly name: string
  readonly h1: string
  /** Words that must stand on it. */
  readonly says: ReadonlyArray<string>
  /** Words that must not. */
  readonly never?: ReadonlyArray<string>
  /** What the service is set to, when it matters. */
  readonly config?: Partial<ExpressConfig>
  /** Brings it about; returns where to look. */
  readonly stage: (stage: Stage) => Promise<string>
}
