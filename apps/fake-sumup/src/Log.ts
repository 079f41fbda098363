/** The newest entries of something that happens often; older ones are forgotten. */
export class Log<A> {
  readonly #max: number
  #entries: Array<A> = []
  #count = 0

  constructor(max: number) {
    this.#max = max
  }

  add(entry: A): void {
    this.#entries.push(entry)
    this.#count += 1
    // Cut in large pieces: the cost of one entry stays constant.
    if (this.#entries.length > 2 * this.#max) this.#entries = this.#entries.slice(-this.#max)
  }

  /** Newest first. */
  newest(limit = this.#max): ReadonlyArray<A> {
    return this.#entries.slice(-Math.min(limit, this.#max)).reverse()
  }

  /** How many there have been, the forgotten ones included. */
  count(): number {
    return this.#count
  }

  clear(): void {
    this.#entries = []
    this.#count = 0
  }
}
