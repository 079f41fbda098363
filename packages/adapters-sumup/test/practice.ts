import type { SellerKey } from "@rose-ash/cart-domain/page/SellerKeys"
import { type Asking, PaymentProvider } from "@rose-ash/cart-domain/payment/PaymentProvider"
import { type FakeSumUp, type FakeSumUpOptions, startFakeSumUp } from "@rose-ash/fake-sumup"
import { Context, Effect, Layer, Logger, Redacted, References, type Scope } from "effect"
import { FetchHttpClient } from "effect/http"
import { assert } from "vitest"
import { layer, type SumUpConfig } from "../src/SumUp.ts"
import { askingOf, opened } from "./asking.ts"
import { requestProblems } from "./conformance.ts"
import { bakery, forge, keysOf } from "./sellerKeys.ts"

/** One call as it left the adapter. */
export interface Recorded {
  readonly method: string
  readonly url: URL
  readonly headers: Headers
  readonly body: unknown
}

/** `fetch`, with a record of what was asked. */
export const recording =
  (calls: Array<Recorded>): typeof globalThis.fetch =>
  async (input, init) => {
    const bytes = init?.body == null ? undefined : await new Response(init.body).text()
    calls.push({
      method: init?.method ?? "GET",
      url: new URL(String(input)),
      headers: new Headers(init?.headers),
      body: bytes === undefined ? undefined : JSON.parse(bytes)
    })
    return fetch(input, init)
  }

export const hintKey = Redacted.make("practice-hint-key-of-32-characters")
/** Nobody listens there, and no name is looked up to find that out: webhooks get lost. */
export const publicUrl = "http://127.0.0.1:9"

/** The adapter on any server; every call is recorded and in the end held against SumUp's document. */
export const adapterOn = Effect.fnUntraced(function* (
  baseUrl: string,
  keys: ReadonlyArray<SellerKey>,
  config: Partial<SumUpConfig> = {}
) {
  const calls: Array<Recorded> = []
  const logs: Array<unknown> = []
  const built = yield* Layer.build(
    layer({
      baseUrl,
      publicUrl,
      hintKey,
      payOrigins: [new URL(baseUrl).origin],
      live: false,
      ...config
    }).pipe(Layer.provide(keysOf(keys)))
  )
  const provider = Context.get(built, PaymentProvider)
  const context = Context.make(FetchHttpClient.Fetch, recording(calls)).pipe(
    Context.add(References.MinimumLogLevel, "Trace"),
    Context.add(
      Logger.CurrentLoggers,
      new Set([
        Logger.make(({ cause, fiber, message }) => {
          logs.push({ message, cause, annotations: fiber.getRef(References.CurrentLogAnnotations) })
        })
      ])
    )
  )
  const recorded = Effect.provide(context)
  yield* Effect.addFinalizer(() =>
    Effect.sync(() => {
      for (const { body, method, url } of calls) {
        assert.deepEqual(requestProblems({ method, path: `${url.pathname}${url.search}`, body }), [])
      }
    })
  )
  return {
    calls,
    logs,
    open: (asking: Asking) => recorded(provider.open(asking)),
    read: (asking: Asking) => recorded(provider.read(asking)),
    deactivate: (asking: Asking) => recorded(provider.deactivate(asking)),
    hint: provider.hint
  }
})

export const merchantOf = ({ key, merchantCode, pageId }: SellerKey) => ({
  api_key: Redacted.value(key),
  merchant_code: merchantCode,
  country: "GB",
  default_currency: "GBP" as const,
  sandbox: true,
  name: pageId
})

/** A practice provider that knows these sellers. */
export const practiceProvider = (
  sellers: ReadonlyArray<SellerKey> = [bakery, forge],
  options: FakeSumUpOptions = {}
): Effect.Effect<FakeSumUp, never, Scope.Scope> =>
  Effect.acquireRelease(
    Effect.promise(() => startFakeSumUp({ merchants: sellers.map(merchantOf), ...options })),
    (fake) => Effect.promise(fake.close)
  )

type Adapter = Effect.Success<ReturnType<typeof adapterOn>>
/** The practice provider, its parts by name, and the adapter on it. */
interface Practice extends Adapter, Pick<FakeSumUp["provider"], "buyer" | "faults" | "ledger" | "merchants"> {
  readonly url: string
  readonly fake: FakeSumUp
  readonly fired: (fault: string) => number
}

/** The practice provider and the adapter on it. */
export const practice = Effect.fnUntraced(function* (
  config: Partial<SumUpConfig> = {},
  options: FakeSumUpOptions = {},
  keys: ReadonlyArray<SellerKey> = [bakery, forge]
): Effect.fn.Return<Practice, never, Scope.Scope> {
  const fake = yield* practiceProvider(keys, options)
  const adapter = yield* adapterOn(fake.url, keys, config)
  const { buyer, faults, ledger, merchants } = fake.provider
  return {
    ...adapter,
    buyer,
    faults,
    ledger,
    merchants,
    url: fake.url,
    fake,
    /** How often a fault fired: a fault that never fired proves nothing. */
    fired: (fault: string) => faults.fired()[fault] ?? 0
  }
})

/** The same, with one attempt of the bakery that is open; `created` is it as it was before that was noted. */
export const practiceWithOpen = Effect.fnUntraced(function* (): Effect.fn.Return<
  Practice & { readonly created: Asking; readonly asking: Asking; readonly id: string },
  Effect.Error<ReturnType<Practice["open"]>>,
  Scope.Scope
> {
  const house = yield* practice()
  const created = askingOf(bakery)
  const seen = yield* house.open(created)
  house.calls.length = 0
  return { ...house, created, asking: opened(created, seen), id: seen.providerId }
})
