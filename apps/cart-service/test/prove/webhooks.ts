import { randomBytes } from "node:crypto"
import { Agent, request } from "node:http"
import { diceOf } from "@rose-ash/cart-domain/testing/dice"
import { Effect } from "effect"
import { FormClient } from "../formClient.ts"
import { OwnHouse } from "../ownHouse.ts"
import { rows } from "../sql.ts"
import type { Told } from "./line.ts"

const atOnce = 16
const p99Most = 20
const body = JSON.stringify({ event_type: "CHECKOUT_STATUS_CHANGED", id: "checkout-forged" })

interface Answered {
  readonly status: number
  readonly bytes: number
  readonly ms: number
}

/** One call as the provider makes it, with whatever stands in its path. */
const call = (agent: Agent, url: URL): Promise<Answered> =>
  new Promise((resolve, reject) => {
    const start = performance.now()
    const headers = { "content-type": "application/json", "content-length": body.length }
    request(url, { method: "POST", agent, headers }, (response) => {
      let bytes = 0
      response.on("data", (part: Buffer) => {
        bytes += part.length
      })
      response.once("end", () =>
        resolve({ status: response.statusCode ?? 0, bytes, ms: performance.now() - start })
      )
    })
      .once("error", reject)
      .end(body)
  })

/** Somebody else's letters, a token's shape and length, other shapes, and paths that lead elsewhere. */
const forged = (one: number): string => {
  if (one < 70) return randomBytes(32).toString("base64url")
  if (one < 80) return randomBytes(1 + (one % 10) * 6).toString("base64url")
  if (one < 90) return randomBytes(20).toString("hex")
  return encodeURIComponent(`../../orders/${randomBytes(6).toString("base64")}`)
}

const state = `SELECT (SELECT count(*)::int FROM cart.payment) AS payments,
  (SELECT count(*)::int FROM cart.observation) AS observations,
  (SELECT count(*)::int FROM cart.event) AS events,
  (SELECT coalesce(sum(version), 0)::int FROM cart.orders) AS versions,
  (SELECT count(*)::int FROM cart.orders WHERE hinted) AS hinted,
  (SELECT coalesce(sum(xmin::text::bigint), 0)::float8 FROM cart.orders) AS written`
const calls = async ({ urls }: OwnHouse): Promise<number> =>
  JSON.parse(await (await fetch(`${urls.provider}/_admin/calls?limit=2000`)).text()).length

/** An order that waits for its payment: what a forged call would want to have paid. */
const order = async (house: OwnHouse): Promise<void> => {
  const buyer = new FormClient()
  await buyer.open(`${house.urls.market}/ash-bakery`)
  await buyer.press("Add Sourdough loaf to cart")
  await buyer.open(`${house.urls.cart}/p/ash-bakery/checkout`)
  await buyer.press("Order and pay £4.20", { email: "forged@rose-ash.example" })
  // Nobody is to look at it meanwhile but for a hint.
  await rows(house.databaseUrl, "UPDATE cart.orders SET due_at = now() + interval '1 day', hinted = false")
}

const attack = async (of: {
  readonly runs: number
  readonly seed: number
  readonly say: (words: string) => void
}): Promise<Told> => {
  const house = await OwnHouse.open()
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce })
  try {
    await order(house)
    const seen = () => rows<{ payments: number }>(house.databaseUrl, state)
    const [before, asked] = [await seen(), await calls(house)]
    const dice = diceOf(of.seed, "forged")
    const times: Array<number> = []
    const breaks: Record<string, number> = {}
    const broke = (what: string) => {
      breaks[what] = (breaks[what] ?? 0) + 1
    }
    const lane = async () => {
      while (times.length < of.runs) {
        times.push(0)
        const n = times.length - 1
        const answer = await call(
          agent,
          new URL(`${house.urls.cart}/webhooks/sumup/${forged(dice.below(100))}`)
        )
        times[n] = answer.ms
        if ((answer.status !== 204 && answer.status !== 404) || (answer.status === 204 && answer.bytes > 0))
          broke("answer")
        if (n % 10_000 === 9999) of.say(`${n + 1} forged calls`)
      }
    }
    await Promise.all(Array.from({ length: atOnce }, lane))
    const after = await seen()
    if (JSON.stringify(after) !== JSON.stringify(before)) broke("S3")
    if ((await calls(house)) !== asked) broke("provider_asked")
    const sorted = times.toSorted((a, b) => a - b)
    const p99_ms = Math.round((sorted[Math.floor(sorted.length * 0.99)] ?? 0) * 10) / 10
    const figures = {
      credits: (after[0]?.payments ?? 0) - (before[0]?.payments ?? 0),
      provider_calls: (await calls(house)) - asked,
      p99_ms,
      p99_most_ms: p99Most
    }
    const ok = Object.keys(breaks).length === 0 && p99_ms < p99Most
    return { goal: "G7", breaks, faults: { forged: of.runs }, figures, ok }
  } finally {
    agent.destroy()
    await house.close()
  }
}

/** The rig `webhooks`: forged calls change nothing, ask nobody, and are answered alike and at once. */
export const proveWebhooks = (of: Parameters<typeof attack>[0]) => Effect.promise(() => attack(of))
