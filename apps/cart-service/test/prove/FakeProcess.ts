import { spawn } from "node:child_process"
import { once } from "node:events"
import { fileURLToPath } from "node:url"
import { compiled } from "../compiled.ts"

const root = fileURLToPath(new URL("../../../..", import.meta.url))
const main = fileURLToPath(new URL("../../../fake-sumup/src/main.ts", import.meta.url))
const patience = 20_000

/** The provider's own books: read over HTTP, by nothing that the service is made of. */
export interface Ledger {
  readonly checkouts: ReadonlyArray<{ readonly checkout_reference: string; readonly status: string }>
  readonly transactions: ReadonlyArray<{
    readonly id: string
    readonly checkout_reference: string
    readonly status: string
    readonly amount_minor: number
    readonly merchant_code: string
  }>
  readonly refunds: ReadonlyArray<{
    readonly transaction_id: string
    readonly type: "REFUND" | "CHARGE_BACK"
    readonly status: string
    readonly amount_minor: number
  }>
}
export interface Rules {
  readonly fired: { readonly [fault: string]: number }
  readonly rules: ReadonlyArray<{
    readonly fault: string
    readonly fired: number
    readonly match: { readonly reference?: string }
  }>
}

/** The practice provider in a process of its own, and its counter over HTTP. */
export const startFake = async () => {
  const child = spawn(process.execPath, ["--conditions=@rose-ash/source", main], {
    cwd: root,
    env: {
      ...process.env,
      ...compiled,
      FAKE_SUMUP_PORT: "0",
      FAKE_SUMUP_WEBHOOK_SCALE: "600",
      STOP_WITH_STDIN: "1"
    },
    stdio: ["pipe", "pipe", "inherit"]
  })
  const [said] = await once(child.stdout.setEncoding("utf8"), "data", {
    signal: AbortSignal.timeout(patience)
  })
  child.stdout.resume()
  const url = /http:\S+/.exec(String(said))?.[0] ?? ""
  const ask = async <A>(method: string, path: string, body?: unknown): Promise<A> => {
    const response = await fetch(`${url}/_admin${path}`, {
      method,
      headers: { "content-type": "application/json" },
      signal: AbortSignal.timeout(patience),
      ...(body === undefined ? {} : { body: JSON.stringify(body) })
    })
    return JSON.parse(await response.text())
  }
  const close = async (): Promise<void> => {
    child.stdin.end()
    if (child.exitCode === null) await once(child, "exit")
  }
  return {
    url,
    close,
    /** Every fault it knows, in its own words. */
    faults: async (): Promise<ReadonlyArray<string>> => {
      const { wrong } = await ask<{ readonly wrong: string }>("POST", "/faults", { fault: "?" })
      return wrong.slice(wrong.indexOf("there are: ") + 11).split(", ")
    },
    addMerchant: (code: string, key: string) =>
      ask("POST", "/merchants", {
        api_key: key,
        merchant_code: code,
        country: "GB",
        default_currency: "GBP"
      }),
    rotate: (code: string) => ask<{ readonly api_key: string }>("POST", `/merchants/${code}/rotate`, {}),
    happen: (reference: string, event: string) =>
      ask<{ readonly outcome?: string }>("POST", `/checkouts/${reference}/${event}`, {}),
    addFault: async (rule: object): Promise<void> => {
      const { wrong } = await ask<{ readonly wrong?: string }>("POST", "/faults", rule)
      if (wrong !== undefined) throw new Error(`${JSON.stringify(rule)}: ${wrong}`)
    },
    rules: () => ask<Rules>("GET", "/faults"),
    noFaults: () => ask("DELETE", "/faults"),
    advance: (seconds: number) => ask("POST", "/clock", { advance_s: seconds }),
    ledger: () => ask<Ledger>("GET", "/ledger")
  }
}
export type Fake = Awaited<ReturnType<typeof startFake>>
