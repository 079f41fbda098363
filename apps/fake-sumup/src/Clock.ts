import { Schedule } from "./Schedule.ts"

export interface ClockSettings {
  /** Provider seconds per real second; 1 when absent. */
  readonly scale?: number
  /** How far ahead of real time the provider's clock starts, in ms. */
  readonly offsetMs?: number
  /** Stands still until it is advanced. */
  readonly manual?: boolean
}

const longestWaitMs = 2 ** 31 - 1

/** The provider's own clock: milliseconds since 1970, real, scaled, shifted, or moved by hand. */
export class Clock {
  readonly #schedule = new Schedule()
  #scale: number
  #manual: boolean
  #then: number
  #realThen = Date.now()
  #timer: NodeJS.Timeout | undefined

  constructor(settings: ClockSettings = {}) {
    this.#scale = settings.scale ?? 1
    this.#manual = settings.manual ?? false
    this.#then = this.#realThen + (settings.offsetMs ?? 0)
  }

  now(): number {
    if (this.#manual) return this.#then
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
    let due = this.#schedule.nextAt()
    while (due !== undefined && due <= target) {
      this.#moveTo(Math.max(due, this.now()))
      this.#schedule.takeDue(due)?.()
      due = this.#schedule.nextAt()
    }
    this.#moveTo(target)
    this.#arm()
  }

  /** Provider seconds per real second from now on. */
  setScale(scale: number): void {
    this.#moveTo(this.now())
    this.#scale = scale
    this.#arm()
  }

  /** Puts the clock so many ms ahead of (or behind) real time. Nothing already due is undone. */
  setOffset(offsetMs: number): void {
    const forward = Date.now() + offsetMs - this.now()
    if (forward >= 0) {
      this.advance(forward)
    } else {
      this.#moveTo(this.now() + forward)
      this.#arm()
    }
  }

  offset(): number {
    return this.now() - Date.now()
  }

  scale(): number {
    return this.#manual ? 0 : this.#scale
  }

  /** Nothing of what was scheduled will run. */
  forget(): void {
    clearTimeout(this.#timer)
    this.#schedule.clear()
  }

  #moveTo(time: number): void {
    this.#then = time
    this.#realThen = Date.now()
  }

  #arm(): void {
    clearTimeout(this.#timer)
    const due = this.#schedule.nextAt()
    if (this.#manual || due === undefined) return
    const wait = Math.min(Math.max((due - this.now()) / this.#scale, 0), longestWaitMs)
    this.#timer = setTimeout(() => this.#runDue(), wait)
    this.#timer.unref()
  }

  #runDue(): void {
    let run = this.#schedule.takeDue(this.now())
    while (run !== undefined) {
      run()
      run = this.#schedule.takeDue(this.now())
    }
    this.#arm()
  }
}

/** A moment as the provider writes it: 2026-05-27T08:45:43.831+00:00. */
export const wireTime = (ms: number): string => new Date(ms).toISOString().replace("Z", "+00:00")
