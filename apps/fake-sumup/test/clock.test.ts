import { assert, describe, it, onTestFinished } from "vitest"
import { Clock, Schedule, wireTime } from "../src/Clock.ts"

const manual = () => new Clock({ manual: true })

describe("the clock", () => {
  it("runs what is due in the order of time, each at its own time", () => {
    const clock = manual()
    const start = clock.now()
    const seen: Array<readonly [string, number]> = []
    const note = (name: string) => () => seen.push([name, clock.now() - start])
    clock.after(30, note("late"))
    clock.after(10, () => {
      note("first")()
      clock.after(5, note("between"))
    })
    clock.after(10, note("second"))
    clock.after(31, note("never"))
    clock.advance(30)
    assert.deepEqual(seen, [
      ["first", 10],
      ["second", 10],
      ["between", 15],
      ["late", 30]
    ])
  })

  it("takes back what is no longer wanted", () => {
    const clock = manual()
    let ran = false
    const cancel = clock.after(10, () => {
      ran = true
    })
    cancel()
    clock.advance(20)
    assert.isFalse(ran)
  })

  it("runs by itself, as much faster as it is scaled", async () => {
    const clock = new Clock({ scale: 1000 })
    onTestFinished(() => clock.forget())
    const start = clock.now()
    const real = Date.now()
    await new Promise<void>((resolve) => void clock.after(60_000, resolve))
    assert.isAtLeast(clock.now() - start, 60_000)
    assert.isBelow(Date.now() - real, 2000)
  })

  it("can be put ahead of and behind real time", () => {
    const clock = new Clock({ offsetMs: 600_000 })
    onTestFinished(() => clock.forget())
    assert.approximately(clock.now() - Date.now(), 600_000, 1000)
    clock.setOffset(-600_000)
    assert.approximately(clock.now() - Date.now(), -600_000, 1000)
  })

  it("writes a time as the provider does", () => {
    assert.strictEqual(wireTime(Date.UTC(2026, 4, 27, 8, 45, 43, 831)), "2026-05-27T08:45:43.831+00:00")
  })
})

describe("the schedule", () => {
  it("gives back ten thousand entries in order, whatever order they came in", () => {
    const schedule = new Schedule()
    const given: Array<number> = []
    let seed = 7
    for (let count = 0; count < 10_000; count++) {
      seed = (seed * 16_807) % 2_147_483_647
      const time = seed % 1000
      schedule.add(time, () => given.push(time))
    }
    let run = schedule.takeDue(1000)
    while (run !== undefined) {
      run()
      run = schedule.takeDue(1000)
    }
    assert.lengthOf(given, 10_000)
    assert.deepEqual(
      given,
      given.toSorted((a, b) => a - b)
    )
  })
})
