import type { Checkout } from "./Checkout.ts"
import { wireTime } from "./Clock.ts"
import { faultKind } from "./faultKinds.ts"
import { type JsonObject, written } from "./json.ts"
import { Log } from "./Log.ts"
import type { Provider } from "./Provider.ts"

const retryAfterSeconds: ReadonlyArray<number> = [60, 300, 1200, 7200]

/** What is to become of an announcement; it waits so long for the merchant's next one to overtake it. */
const plainly = ({ id }: Checkout) => {
  const body: JsonObject = { event_type: "CHECKOUT_STATUS_CHANGED", id }
  return { body, copies: 1, concurrent: true, afterMs: 0, overtakenWithinMs: 0, lost: false }
}

export type WebhookPlan = Readonly<ReturnType<typeof plainly>>

interface Try {
  readonly at: string
  readonly ms: number
  /** The receiver's status, or why there was none. */
  readonly result: number | string
}

/**
 * One webhook on its way: waiting, then delivered; `lost` was never sent, `given up` was refused five times.
 */
const deliveryOf = (checkout: Checkout, url: string, plan: WebhookPlan, nextAt: number) => {
  const { id: checkout_id, merchantCode: merchant_code, reference: checkout_reference } = checkout
  const [tries, next_at]: [Array<Try>, string | null] = [[], plan.lost ? null : wireTime(nextAt)]
  const body = written(plan.body).slice(0, 500)
  const state: string = plan.lost ? "lost" : "waiting"
  return { checkout_id, merchant_code, checkout_reference, url, body, state, tries, next_at }
}

type Delivery = ReturnType<typeof deliveryOf> & {
  readonly id: string
  readonly faults: ReadonlyArray<string>
}

/** Posts JSON, following no redirect; answers the status, or why there was none. */
const posted = async (url: string, body: string, timeout: AbortSignal, closing: AbortSignal) => {
  try {
    const headers = { "content-type": "application/json" }
    const signal = AbortSignal.any([timeout, closing])
    const response = await fetch(url, { method: "POST", headers, body, redirect: "manual", signal })
    await response.body?.cancel()
    return response.status
  } catch (error) {
    if (timeout.aborted) return "no answer in time"
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
    return cause instanceof Error ? cause.message || cause.name : "failed"
  }
}

/** Tells merchants that a checkout changed: unsigned, at most five tries each, in provider time. */
export const makeWebhooks = (provider: Provider) => {
  const { clock, faults, ids, settings, switches } = provider
  const log = new Log<Delivery>(5000)
  const flying = new Set<Promise<void>>()
  /** What waits to be overtaken, by merchant. */
  const held = new Map<string, Array<() => void>>()
  const closing = new AbortController()

  const track = (work: Promise<void>): Promise<void> => {
    flying.add(work)
    return work.finally(() => flying.delete(work))
  }

  const later = (ms: number, start: () => Promise<void>): Promise<void> => {
    clock.after(ms, () => void track(start()))
    return Promise.resolve()
  }

  const post = async (delivery: Delivery, body: string): Promise<void> => {
    const startedAt = Date.now()
    const timeout = AbortSignal.timeout(switches.webhookTimeoutMs)
    const result = await posted(delivery.url, body, timeout, closing.signal)
    if (closing.signal.aborted) return
    delivery.tries.push({ at: wireTime(clock.now()), ms: Date.now() - startedAt, result })
    const isTaken = typeof result === "number" && result >= 200 && result < 300
    const wait = isTaken ? undefined : retryAfterSeconds[delivery.tries.length - 1]
    const waitMs = ((wait ?? 0) * 1000) / (settings.webhookScale ?? 1)
    delivery.next_at = wait === undefined ? null : wireTime(clock.now() + waitMs)
    if (wait === undefined) delivery.state = isTaken ? "delivered" : "given up"
    else void later(waitMs, () => post(delivery, body))
  }

  /** The plain webhook of a checkout as it is now, or one as planned. */
  const send = (checkout: Checkout, plan = plainly(checkout), fired: ReadonlyArray<string> = []) => {
    const { merchantCode, returnUrl } = checkout
    if (returnUrl === undefined) return Promise.resolve()
    const url = switches.webhookUrl === "origin" ? new URL(returnUrl).origin : returnUrl
    const nextAt = clock.now() + plan.afterMs
    const delivery = () => ({ id: ids.uuid(), ...deliveryOf(checkout, url, plan, nextAt), faults: fired })
    const deliveries = Array.from({ length: plan.copies }, delivery)
    for (const one of deliveries) log.add(one)
    const body = written(plan.body)
    const start = async () => {
      if (plan.concurrent) await Promise.all(deliveries.map((one) => post(one, body)))
      else for (const one of deliveries) await post(one, body)
    }
    if (plan.lost) return Promise.resolve()
    if (plan.afterMs > 0) return later(plan.afterMs, start)
    const waiting = held.get(merchantCode) ?? []
    if (plan.overtakenWithinMs > 0) {
      let isHeld = true
      const release = () => {
        if (isHeld) void track(start())
        isHeld = false
      }
      clock.after(plan.overtakenWithinMs, release)
      held.set(merchantCode, [...waiting, release])
      return Promise.resolve()
    }
    held.delete(merchantCode)
    const told = track(start())
    if (waiting.length > 0) void track(told.then(() => void waiting.map((release) => release())))
    return told
  }

  /** Announces a change; resolves when the first try was answered or given up waiting for. */
  const announce = (checkout: Checkout): Promise<void> => {
    const { merchantCode: merchant, reference, returnUrl = "" } = checkout
    const subject = { method: "POST", path: URL.parse(returnUrl)?.pathname ?? "", merchant, reference }
    const fired: Array<string> = []
    let plan = plainly(checkout)
    for (const due of returnUrl === "" ? [] : faults.due("webhook", subject)) {
      const change = faultKind(due.fault).webhook?.({ checkout, due, provider })
      plan = { ...plan, ...change, body: { ...plan.body, ...change?.body } }
      fired.push(due.fault)
      due.fire()
    }
    return send(checkout, plan, fired)
  }

  /** Resolves when nothing is on its way. Retries still waiting for their time do not count. */
  const idle = async (): Promise<void> => {
    while (flying.size > 0) await Promise.allSettled(flying)
  }

  /** Nothing more is sent of what happened before; what is on its way arrives. */
  const clear = (): void => {
    for (const kept of [held, log]) kept.clear()
  }

  return { announce, send, idle, log, clear, close: () => closing.abort() }
}
