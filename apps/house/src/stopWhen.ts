const parentEvery = 500

/**
 * Calls `stop` on Ctrl-C, on SIGTERM, and when the process that started this one is gone: npm may be killed
 * without a chance to pass it on. The listeners stay, so that a second Ctrl-C does not cut short what the
 * first one began.
 */
export const stopWhen = (withStdin: boolean, stop: () => void): void => {
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, stop)
  const parent = process.ppid
  const isUnderNpm = process.env["npm_lifecycle_event"] !== undefined
  if (isUnderNpm) setInterval(() => process.ppid !== parent && stop(), parentEvery).unref()
  if (!withStdin) return
  for (const event of ["end", "close", "error"]) process.stdin.on(event, stop)
  process.stdin.resume()
}
