import { Effect } from "effect"

const signals = ["SIGTERM", "SIGINT"] as const

/**
 * Ends with the first request to stop: a signal or, when this process must not outlive the one that started
 * it, the end of standard input. Listeners stay, so that a second Ctrl-C does not cut short what the first
 * one began.
 */
export const requested = (withStdin: boolean): Effect.Effect<void> =>
  Effect.callback<void>((resume) => {
    const stop = () => resume(Effect.void)
    for (const signal of signals) process.on(signal, stop)
    if (!withStdin) return
    for (const event of ["end", "close", "error"]) process.stdin.on(event, stop)
    process.stdin.resume()
  })
