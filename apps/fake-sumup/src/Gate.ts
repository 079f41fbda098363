/** Lets so many run at once; the others wait their turn. */
export class Gate {
  #free: number
  readonly #waiting: Array<() => void> = []

  constructor(max: number) {
    this.#free = max
  }

  async run<A>(work: () => Promise<A>): Promise<A> {
    if (this.#free > 0) this.#free -= 1
    else await new Promise<void>((resolve) => this.#waiting.push(resolve))
    try {
      return await work()
    } finally {
      const next = this.#waiting.shift()
      if (next === undefined) this.#free += 1
      else next()
    }
  }
}
