import { spawn } from "node:child_process"

/** How a command ended. `code` is `null` when it was stopped, `output` empty when the terminal got it. */
export interface Ended {
  readonly code: number | null
  readonly output: string
  readonly seconds: number
}

interface Options {
  readonly cwd: string
  /** Stopped after this many milliseconds: first asked, ten seconds later forced. */
  readonly timeout: number
  /** Keeps the output instead of writing it to the terminal. */
  readonly quiet: boolean
}

const forcedAfter = 10_000

/** Runs a command to its end; never rejects. SIGTERM stops the command first and then this process. */
export const command = (line: ReadonlyArray<string>, { cwd, quiet, timeout }: Options): Promise<Ended> =>
  new Promise((resolve) => {
    const [file = "", ...args] = line
    const start = performance.now()
    const chunks: Array<string> = []
    const child = spawn(file, args, {
      cwd,
      stdio: ["ignore", quiet ? "pipe" : "inherit", quiet ? "pipe" : "inherit"]
    })
    const stop = () => {
      child.kill("SIGTERM")
      setTimeout(() => child.kill("SIGKILL"), forcedAfter).unref()
    }
    const timer = setTimeout(() => {
      chunks.push(`\nstopped: it did not end within ${Math.round(timeout / 1000)} s\n`)
      stop()
    }, timeout)
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding("utf8").on("data", (chunk: string) => chunks.push(chunk))
    const stopBoth = () => {
      child.once("close", () => process.exit(143))
      stop()
    }
    process.once("SIGTERM", stopBoth)
    const end = (code: number | null) => {
      clearTimeout(timer)
      process.off("SIGTERM", stopBoth)
      resolve({ code, output: chunks.join(""), seconds: (performance.now() - start) / 1000 })
    }
    child.on("error", ({ message }) => {
      chunks.push(message)
      end(null)
    })
    child.on("close", end)
  })
