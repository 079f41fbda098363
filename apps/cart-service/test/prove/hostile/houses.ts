/** How the service is set up: at home by http, or behind one proxy by https. */
export interface House {
  readonly origin: (port: number) => string
  readonly prefix: string
  readonly environment: { readonly [name: string]: string }
}
const keys = {
  internal: "canary-internal-key-of-blog-0123456789",
  metrics: "canary-internal-key-of-metrics-0123456789",
  signing: "canary-signing-key-of-blog-0123456789"
}
const most = 1_000_000
const limits = ["reads", "cart", "cartByAddress", "pay", "payByAddress", "follow", "misses"]
/** Every key is planted; whoever asks a hundred thousand times is not to be turned away for that. */
const usual = {
  INTERNAL_PORT: "0",
  INTERNAL_CALLERS: "blog=summary,orders metrics=metrics",
  INTERNAL_KEYS: `blog=${keys.internal} metrics=${keys.metrics}`,
  EVENT_KEYS: `blog=${keys.signing}`,
  RATE_LIMITS: limits.map((name) => `${name}=${most}`).join(" ")
}
const home: House = { origin: (port) => `http://localhost:${port}`, prefix: "", environment: usual }
const address = "https://cart.rose-ash.example"
const proxied: House = {
  origin: () => address,
  prefix: "__Host-",
  environment: { ...usual, PUBLIC_URL: address, TRUST_PROXY: "1" }
}

export const houseKeys = keys
/** Odd seeds are at home. */
export const houseOf = (seed: number): House => (seed % 2 === 1 ? home : proxied)
