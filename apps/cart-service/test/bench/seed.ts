import { createHash } from "node:crypto"

/** A person of the seed: what their browser shows, and where it comes from. */
export interface Person {
  /** The cart's own cookie. */
  readonly cookie: string
  /** What siblings send of the session they share with the browser. */
  readonly digest: string
  readonly address: string
}

export const pageOfSeed = "ash-bakery"
const other = "rose-farm"
/** Of each cart, on each of two pages. */
const linesEach = 3

export const person = (n: number): Person => ({
  cookie: `practice-cookie-of-nobody-${n}`,
  digest: createHash("sha256").update(`practice-session-of-nobody-${n}`).digest("hex"),
  address: `10.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}`
})

/** What is for sale on the two pages: twenty things each. */
const goods = `INSERT INTO market.product (id, page_id, name, price_minor, currency, tax_rate)
  SELECT 'practice-' || page || '-' || n, page, 'Thing ' || n, 100 + n, 'GBP', 2000
    FROM unnest(ARRAY['${pageOfSeed}', '${other}']) page, generate_series(1, 20) n ON CONFLICT DO NOTHING`

/** Visitors number `from` to `to`, with their keys, and a cart of three lines on each of two pages. */
export const visitors = (from: number, to: number): ReadonlyArray<string> => {
  const series = `generate_series(${from}, ${to}) n`
  const visitor = "md5('practice-visitor-' || n)::uuid"
  const cart = "md5('practice-cart-' || page || n)::uuid"
  const pages = `unnest(ARRAY['${pageOfSeed}', '${other}']) page`
  const key = (kind: string, named: string) =>
    `INSERT INTO cart.visitor_key (key_hash, visitor_id, kind)
      SELECT sha256(convert_to('practice-${kind}-of-nobody-' || n, 'UTF8')), ${visitor}, '${named}' FROM ${series}`
  return [
    goods,
    `INSERT INTO cart.visitor (id) SELECT ${visitor} FROM ${series}`,
    key("cookie", "cookie"),
    key("session", "session"),
    `INSERT INTO cart.cart (id, page_id, visitor_id, revision) SELECT ${cart}, page, ${visitor}, 1
      FROM ${series}, ${pages}`,
    `INSERT INTO cart.cart_line (id, cart_id, item_id, quantity, seen_minor)
      SELECT gen_random_uuid(), ${cart}, 'practice-' || page || '-' || i, 1 + n % 3, 100 + i
        FROM ${series}, ${pages}, generate_series(1, ${linesEach}) i`
  ]
}
