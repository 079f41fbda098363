import { Layer, Logger, References } from "effect"
import { line } from "../../../src/Logs.ts"
import type { Break } from "./judges.ts"

/** Hears every line that the service logs, as it would be written, and all that this process prints. */
export const hearing = () => {
  let secrets: ReadonlyArray<readonly [name: string, secret: string]> = []
  const found: Array<Break> = []
  const early: Array<string> = []
  let lines = 0
  const look = (text: string): void => {
    lines += 1
    if (secrets.length === 0) early.push(text)
    for (const [name, secret] of secrets)
      if (text.includes(secret)) found.push({ name: "logged", is: `${name} stands in a line of the log` })
    if (/"level":"(error|fatal)"/.test(text)) found.push({ name: "failed", is: text.slice(0, 600) })
  }
  const printed = [process.stdout, process.stderr].map((stream) => {
    const write = stream.write.bind(stream)
    stream.write = (chunk: string | Uint8Array, ...rest: ReadonlyArray<never>): boolean => {
      look(typeof chunk === "string" ? chunk : Buffer.from(chunk).toString("utf8"))
      return write(chunk, ...rest)
    }
    return () => {
      stream.write = write
    }
  })
  return {
    layer: Layer.merge(
      Logger.layer([Logger.make((event) => look(line(event)))]),
      Layer.succeed(References.MinimumLogLevel, "Trace" as const)
    ),
    /** These must not be heard, nor have been. */
    watch: (named: { readonly [name: string]: string }): void => {
      secrets = Object.entries(named).filter(([, secret]) => secret !== "")
      for (const text of early.splice(0)) look(text)
    },
    found,
    lines: (): number => lines,
    end: (): void => {
      for (const restore of printed) restore()
    }
  }
}
export type Hearing = ReturnType<typeof hearing>
