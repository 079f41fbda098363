interface Entry {
  readonly time: number
  readonly order: number
  run: (() => void) | undefined
}

const before = (a: Entry, b: Entry): boolean => a.time < b.time || (a.time === b.time && a.order < b.order)

/** What is to run when, earliest first: a binary heap, so that 10⁵ pending expiries cost nothing. */
export class Schedule {
  #heap: Array<Entry> = []
  #order = 0

  /** What is returned takes the entry back; it stays in the heap, empty, until its time. */
  add(time: number, run: () => void): () => void {
    const entry: Entry = { time, order: this.#order++, run }
    this.#heap.push(entry)
    this.#rise(this.#heap.length - 1)
    return () => {
      entry.run = undefined
    }
  }

  /** The time of the first entry that still has something to run. */
  nextAt(): number | undefined {
    while (this.#heap[0] !== undefined && this.#heap[0].run === undefined) this.#pop()
    return this.#heap[0]?.time
  }

  /** Takes the first entry that is due at this time. */
  takeDue(time: number): (() => void) | undefined {
    const due = this.nextAt()
    return due !== undefined && due <= time ? this.#pop()?.run : undefined
  }

  clear(): void {
    this.#heap = []
  }

  #pop(): Entry | undefined {
    const first = this.#heap[0]
    const last = this.#heap.pop()
    if (last !== undefined && this.#heap.length > 0) {
      this.#heap[0] = last
      this.#sink(0)
    }
    return first
  }

  #rise(from: number): void {
    let index = from
    while (index > 0) {
      const parent = (index - 1) >> 1
      if (!this.#swapIfBefore(index, parent)) return
      index = parent
    }
  }

  #sink(from: number): void {
    let index = from
    for (;;) {
      const left = index * 2 + 1
      const child = this.#isBefore(left + 1, left) ? left + 1 : left
      if (!this.#swapIfBefore(child, index)) return
      index = child
    }
  }

  #isBefore(one: number, other: number): boolean {
    const a = this.#heap[one]
    const b = this.#heap[other]
    return a !== undefined && b !== undefined && before(a, b)
  }

  #swapIfBefore(one: number, other: number): boolean {
    const a = this.#heap[one]
    const b = this.#heap[other]
    if (a === undefined || b === undefined || !before(a, b)) return false
    this.#heap[one] = b
    this.#heap[other] = a
    return true
  }
}
