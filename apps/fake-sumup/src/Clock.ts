export interface ClockSettings {
  /** Provider seconds per real second; 1 when absent. */
  readonly scale?: number
  /** How far ahead of real time the provider's clock starts, in ms. */
  readonly offsetMs?: number
  /** Stands still until it is advanced. */
  readonly manual?: boolean
}

/** What is to run when, earliest first, and of the same time in the order it came in. */
export class Schedule {
  readonly #entries: Array<{ readonly time: number; readonly run: () => void }> = []

  /** What is returned takes the entry back. */
  add(time: number, run: () => void): () => void {
    const entry = { time, run }
    let [from, to] = [0, this.#entries.length]
    while (from < to) {
      const middle = (from + to) >> 1
      if ((this.#entries[middle]?.time ?? 0) <= time) from = middle + 1
      else to = middle
    }
    this.#entries.splice(from, 0, entry)
    return () => {
      const index = this.#entries.indexOf(entry)
      if (index >= 0) this.#entries.splice(index, 1)
    }
  }

  /** The time of the first entry, or never. */
  nextAt(): number {
    return this.#entries[0]?.time ?? Infinity
  }

  /** Takes the first entry that is due at this time. */
  takeDue(time: number): (() => void) | undefined {
    return this.nextAt() <= time ? this.#entries.shift()?.run : undefined
  }

  clear(): void {
    this.#entries.length = 0
  }
}

/** The provider's own clock: milliseconds since 1970, real, scaled, shifted, or moved by hand. */
export class Clock {
  readonly #schedule = new Schedule()
  #scale: number
  #then: number
  #realThen = Date.now()
  #timer: NodeJS.Timeout | undefined

  constructor({ manual = false, offsetMs = 0, scale = 1 }: ClockSettings = {}) {
    this.#scale = manual ? 0 : scale
    this.#then = this.#realThen + offsetMs
  }

  now(): number {
    return Math.floor(this.#then + (Date.now() - this.#realThen) * this.#scale)
  }

  /** Runs once the clock shows this time; what is returned takes it back. */
  at(time: number, run: () => void): () => void {
    const cancel = this.#schedule.add(time, run)
    this.#arm()
    return cancel
  }

  after(ms: number, run: () => void): () => void {
    return this.at(this.now() + ms, run)
  }

  /** Moves time on; everything due on the way runs in its order, each at its own time. */
  advance(ms: number): void {
    const target = this.now() + ms
    while (this.#schedule.nextAt() <= target) {
      this.#moveTo(Math.max(this.#schedule.nextAt(), this.now()))
      this.#schedule.takeDue(target)?.()
    }
    this.#moveTo(target)
  }

  /** Puts the clock so many ms ahead of (or behind) real time. Nothing already due is undone. */
  setOffset(offsetMs: number): void {
    const forward = offsetMs - this.offset()
    if (forward >= 0) this.advance(forward)
    else this.#moveTo(this.now() + forward)
  }

  offset(): number {
    return this.now() - Date.now()
  }

  /** Provider seconds per real second from now on; 0: it is moved by hand. */
  setScale(scale: number): void {
    this.#moveTo(this.now())
    this.#scale = scale
    this.#arm()
  }

  scale(): number {
    return this.#scale
  }

  /** Nothing of what was scheduled will run. */
  forget(): void {
    clearTimeout(this.#timer)
    this.#schedule.clear()
  }

  #moveTo(time: number): void {
    this.#then = time
    this.#realThen = Date.now()
    this.#arm()
  }

  #arm(): void {
    clearTimeout(this.#timer)
    const due = this.#schedule.nextAt()
    if (this.#scale === 0 || due === Infinity) return
    const wait = Math.min(Math.max((due - this.now()) / this.#scale, 0), 2 ** 31 - 1)
    this.#timer = setTimeout(() => this.advance(0), wait).unref()
  }
}

/** A moment as the provider writes it: 2026-05-27T08:45:43.831+00:00. */
export const wireTime = (ms: number): string => new Date(ms).toISOString().replace("Z", "+00:00")
