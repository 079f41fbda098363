import { type ChildProcess, spawn } from "node:child_process"
import { closeSync, existsSync, openSync, readFileSync, renameSync } from "node:fs"

/** What to run. */
export interface Plan {
  /** As people call it, e.g. "cart service". */
  readonly name: string
  readonly script: string
  readonly args?: ReadonlyArray<string>
  readonly env: { readonly [name: string]: string }
  readonly log: string
  /**
   * Written to its standard input, which is then closed; without it the pipe stays open as long as the house
   * lives.
   */
  readonly input?: string
}

const lastLines = 15
const forcedAfter = 20_000

/**
 * A process of the house. It reads the end of the house from its standard input, so that none outlives the
 * house.
 */
export class Child {
  readonly plan: Plan
  readonly pid: number | undefined
  /** Its exit code; null when a signal ended it. Never rejects. */
  readonly ended: Promise<number | null>
  readonly #process: ChildProcess
  #isAsked = false

  constructor(plan: Plan, root: string) {
    this.plan = plan
    if (existsSync(plan.log)) renameSync(plan.log, plan.log.replace(/\.log$/, ".before.log"))
    const log = openSync(plan.log, "a")
    const args = ["--conditions=@rose-ash/source", plan.script, ...(plan.args ?? [])]
    // A group of its own: Ctrl-C reaches the house alone, which then stops everything in order.
    this.#process = spawn(process.execPath, args, {
      cwd: root,
      env: { ...process.env, ...plan.env },
      detached: true,
      stdio: ["pipe", log, log]
    })
    closeSync(log)
    this.pid = this.#process.pid
    this.ended = new Promise((resolve) => {
      this.#process.once("exit", resolve).once("error", () => resolve(null))
    })
    this.#process.stdin?.on("error", () => {})
    if (plan.input !== undefined) this.#process.stdin?.end(plan.input)
  }

  /** Whether it was asked to stop: then its end is no accident. */
  get isAsked(): boolean {
    return this.#isAsked
  }

  /** Asks it to stop, and forces it when it does not within 20 s. */
  async stop(): Promise<void> {
    this.#isAsked = true
    this.#process.kill("SIGTERM")
    const force = setTimeout(() => this.#process.kill("SIGKILL"), forcedAfter)
    await this.ended
    clearTimeout(force)
  }

  /** What it said last, or nothing. */
  lastWords(): string {
    const text = existsSync(this.plan.log) ? readFileSync(this.plan.log, "utf8").trimEnd() : ""
    return text.split("\n").slice(-lastLines).join("\n")
  }
}
