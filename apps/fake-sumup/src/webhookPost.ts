export interface PostLimits {
  /** Real milliseconds. */
  readonly timeoutMs: number
  /** Aborted when the provider closes. */
  readonly closing: AbortSignal
}

/** Posts JSON, following no redirect; answers the status, or why there was none. */
export const posted = async (url: string, body: string, limits: PostLimits): Promise<number | string> => {
  const timeout = AbortSignal.timeout(limits.timeoutMs)
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body,
      redirect: "manual",
      signal: AbortSignal.any([timeout, limits.closing])
    })
    await response.body?.cancel()
    return response.status
  } catch (error) {
    return timeout.aborted ? "no answer in time" : reason(error)
  }
}

const reason = (error: unknown): string => {
  if (!(error instanceof Error)) return "failed"
  return error.cause instanceof Error ? error.cause.message || error.cause.name : error.message
}
