/** Dice that fall the same way for the same seed and the same name. */
export interface Dice {
  /** 0 to 1, 1 left out. */
  next(): number
  chance(of: number): boolean
  /** A whole number below. */
  below(n: number): number
  one<A>(of: readonly [A, ...ReadonlyArray<A>]): A
}

/** FNV-1a, 32 bits: of a text, on top of what was hashed before. */
export const mixed = (hash: number, text: string): number => {
  let next = hash
  for (let n = 0; n < text.length; n += 1) next = Math.imul(next ^ text.charCodeAt(n), 0x0100_0193)
  return next >>> 0
}
/** Where hashing begins. */
export const unmixed = 0x811c_9dc5

/** A Weyl sequence, mixed as MurmurHash3 ends: quick and even enough to choose by; it keeps no secret. */
export const diceOf = (seed: number, name: string): Dice => {
  let state = mixed(unmixed, `${seed} ${name}`)
  const next = (): number => {
    state = (state + 0x9e37_79b9) >>> 0
    let mix = state
    mix = Math.imul(mix ^ (mix >>> 16), 0x85eb_ca6b)
    mix = Math.imul(mix ^ (mix >>> 13), 0xc2b2_ae35)
    return ((mix ^ (mix >>> 16)) >>> 0) / 2 ** 32
  }
  const below = (n: number): number => Math.floor(next() * n)
  return {
    next,
    below,
    chance: (of) => next() < of,
    one: (of) => of[below(of.length)] ?? of[0]
  }
}
