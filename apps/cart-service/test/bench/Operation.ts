import type { Line } from "./Line.ts"
import type { Act, System } from "./load.ts"
import { type Person, person } from "./seed.ts"

/** Something that is measured. */
export interface Operation {
  readonly name: string
  /** Does it for one person. */
  readonly act: (of: Person) => Act
  /** What the floor does not do has no ratio. */
  readonly hasFloor: boolean
  /** Somebody can do it once only, for then the cart is empty. */
  readonly once: boolean
  /** The kinds of request that it is made of. */
  readonly requests: ReadonlyArray<string>
  /** What so many people do before anything is measured. */
  readonly ahead?: (quick: boolean) => number
  readonly prepare?: (of: Person) => (line: Line, system: System) => Promise<void>
  /** How many people do it, where they are fewer than usual. */
  readonly people?: number
  /** What these people, by their numbers, have beyond what everybody has. */
  readonly seed?: (from: number, to: number) => ReadonlyArray<string>
}

/** Does the operation for one person after another; again from the first after the last, where one may. */
export const everybody = ({ act, name, once }: Operation, from: number, people: number): Act => {
  let next = 0
  return (line, system) => {
    next += 1
    if (once && next > people) return Promise.reject(new Error(`${name}: everybody has done it once`))
    return act(person(from + 1 + ((next - 1) % people)))(line, system)
  }
}
