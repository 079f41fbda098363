import { createHash } from "node:crypto"

/** Dice that fall the same way for the same seed and the same name. */
export const diceOf = (seed: number, name: string) => {
  let thrown = 0
  const next = (): number => {
    const digest = createHash("sha256").update(`${seed} ${name} ${thrown++}`).digest()
    return digest.readUInt32BE(0) / 2 ** 32
  }
  return {
    chance: (of: number): boolean => next() < of,
    /** A whole number below. */
    below: (n: number): number => Math.floor(next() * n),
    one: <A>(of: readonly [A, ...ReadonlyArray<A>]): A => of[Math.floor(next() * of.length)] ?? of[0]
  }
}
export type Dice = ReturnType<typeof diceOf>
