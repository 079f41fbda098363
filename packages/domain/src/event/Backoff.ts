import { Effect, Random } from "effect"
import { hour, second } from "../time/Instant.ts"

/** A delivery or a message is tried this often; then it is dead and somebody is told. */
export const triesMost = 20

/**
 * Milliseconds until the next try after so many: 1 s doubling to 1 h, half of it jitter; null when it is
 * enough.
 */
export const pause = (tries: number): Effect.Effect<number | null> =>
  tries >= triesMost
    ? Effect.succeed(null)
    : Effect.map(Random.next, (jitter) => {
        const longest = Math.min(hour, second * 2 ** Math.min(tries, 12))
        return Math.floor(longest / 2 + (jitter * longest) / 2)
      })
