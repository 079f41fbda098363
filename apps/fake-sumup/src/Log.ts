/** The newest of something that happens often; older ones are forgotten. */
export class Log<A> {
  readonly #max: number
  #entries: Array<A> = []

  constructor(max: number) {
    this.#max = max
  }

  add(entry: A): void {
    if (this.#entries.push(entry) > this.#max) this.#entries.shift()
  }

  newest(limit = this.#max): ReadonlyArray<A> {
    return this.#entries.slice(-limit).reverse()
  }

  clear(): void {
    this.#entries = []
  }
}
