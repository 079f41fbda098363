import { setTimeout as sleep } from "node:timers/promises"
import type { Answer } from "./Answer.ts"
import { answerFaults } from "./answerFaults.ts"
import { bodyFaults } from "./bodyFaults.ts"
import type { Call } from "./Call.ts"
import type { DueFault } from "./Faults.ts"
import type { Stage } from "./faultKinds.ts"
import type { Operation } from "./operations.ts"
import type { Provider } from "./Provider.ts"
import * as problems from "./problems.ts"

/** A call on its way through the faults that are due for it. */
export class Passage {
  readonly fired: Array<string> = []
  readonly #call: Call
  readonly #provider: Provider

  constructor(call: Call, provider: Provider) {
    this.#call = call
    this.#provider = provider
  }

  async answer(handle: Operation["handle"]): Promise<Answer> {
    await this.#wait("early")
    const refused = this.#replaced("refuse", undefined)
    const answered = refused ?? this.#replaced("answer", this.#changed(await this.#handled(handle)))
    await this.#wait("late")
    return answered ?? problems.serverError(500)
  }

  async #handled(handle: Operation["handle"]): Promise<Answer> {
    const { merchant } = this.#call
    if (merchant === undefined) return problems.unauthorized(this.#provider.ids.traceId())
    return handle(this.#call, merchant, this.#provider)
  }

  #changed(answer: Answer): Answer {
    let changed = answer
    for (const due of this.#due("body")) {
      const next = bodyFaults[due.fault]?.(changed, due, this.#call, this.#provider)
      if (next === undefined) continue
      this.#fire(due)
      changed = next
    }
    return changed
  }

  #replaced(stage: Stage, answer: Answer | undefined): Answer | undefined {
    for (const due of this.#due(stage)) {
      const next = answerFaults[due.fault]?.(answer, due, this.#call, this.#provider)
      if (next === undefined) continue
      this.#fire(due)
      return next
    }
    return answer
  }

  async #wait(stage: Stage): Promise<void> {
    for (const due of this.#due(stage)) {
      this.#fire(due)
      await sleep(Math.min(due.number("ms", 1000), 600_000), undefined, { ref: false })
    }
  }

  #due(stage: Stage): ReadonlyArray<DueFault> {
    return this.#provider.faults.due(stage, this.#call.subject)
  }

  #fire(due: DueFault): void {
    due.fire()
    this.fired.push(due.fault)
  }
}
