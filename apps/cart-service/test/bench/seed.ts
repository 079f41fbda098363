import { createHash } from "node:crypto"
import { uuid } from "./template.ts"

/** A person of the seed: what their browser shows, and where it comes from. */
export interface Person {
  /** The cart's own cookie. */
  readonly cookie: string
  /** What siblings send of the session they share with the browser. */
  readonly digest: string
  readonly address: string
}

export const pageOfSeed = "ash-bakery"
export const pageOfMany = "rose-farm"
/** So many kinds of people: each has another quantity of everything. */
export const kinds = 3
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
    FROM unnest(ARRAY['${pageOfSeed}', '${pageOfMany}']) page, generate_series(1, 20) n ON CONFLICT DO NOTHING`

/** Visitors number `from` to `to`, with their keys, and a cart of three lines on each of two pages. */
export const visitors = (from: number, to: number): ReadonlyArray<string> => {
  const series = `generate_series(${from}, ${to}) n`
  const visitor = "md5('practice-visitor-' || n)::uuid"
  const cart = "md5('practice-cart-' || page || n)::uuid"
  const pages = `unnest(ARRAY['${pageOfSeed}', '${pageOfMany}']) page`
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
      SELECT md5('practice-line-' || page || '-' || i || '-' || n)::uuid, ${cart}, 'practice-' || page || '-' || i,
          1 + n % ${kinds}, 100 + i
        FROM ${series}, ${pages}, generate_series(1, ${linesEach}) i`
  ]
}

interface Past {
  readonly orders: number
  /** Makes their names differ from those of another seed: one capital letter. */
  readonly letter: string
  /** SQL, of the order's number `n`: whose it is, and when it was placed. */
  readonly visitor: string
  readonly at: string
}

/** Numbers as people read them, `RA-P000-0001`. */
const numbered = (letter: string): string =>
  `'RA-${letter}' || substr(lpad(n::text, 7, '0'), 1, 3) || '-' || substr(lpad(n::text, 7, '0'), 4)`

/** Paid orders with all that belongs to an order. */
const past = ({ at, letter, orders, visitor }: Past): ReadonlyArray<string> => {
  const id = `md5('practice-order-${letter}' || n)::uuid`
  const attempt = `md5('practice-attempt-${letter}' || n)::uuid`
  const series = `generate_series(1, ${orders}) n`
  const page = `'${pageOfSeed}'`
  return [
    // Rules are switched off: what is written here is as they want it, and only looked past.
    "SET session_replication_role = 'replica'",
    `INSERT INTO cart.orders (id, number, cart_id, cart_revision, page_id, page_name, visitor_id, currency,
        tax_minor, total_minor, line_count, state, placed_at, expires_at, paid_at, paid_by, told)
      SELECT ${id}, ${numbered(letter)}, md5('practice-past-${letter}' || n)::uuid, 1, ${page}, 'Ash Bakery',
        ${visitor}, 'GBP', 0, 100, 1, 'paid', ${at}, ${at}, ${at},
        'practice:${letter}' || n, 1 FROM ${series}`,
    `INSERT INTO cart.order_line (order_id, place, cart_line_id, item_id, name, unit_minor, quantity,
        total_minor, tax_minor)
      SELECT ${id}, 0, md5('practice-past-line-${letter}' || n)::uuid, 'practice-${pageOfSeed}-1', 'Thing', 100, 1, 100, 0
        FROM ${series}`,
    `INSERT INTO cart.payment_attempt (id, order_id, number, page_id, currency, amount_minor, merchant_code,
        credential_id, state, created_at, valid_until)
      SELECT ${attempt}, ${id}, 1, ${page}, 'GBP', 100, 'M', ${attempt}, 'paid', ${at}, ${at} FROM ${series}`,
    `INSERT INTO cart.payment (id, order_id, minor, currency, verdict, received_at)
      SELECT 'practice:${letter}' || n, ${id}, 100, 'GBP', 'paid', ${at} FROM ${series}`,
    `INSERT INTO cart.event (id, stream, seq, order_id, page_id, type, at, data)
      SELECT ${id} || '.1', ${id}, 1, ${id}, ${page}, 'order.created', ${at}, '{}' FROM ${series}`,
    "SET session_replication_role = 'origin'"
  ]
}

/** Paid orders of the last two years, of visitors of the seed. */
export const pastOrders = (orders: number, people: number): ReadonlyArray<string> =>
  past({
    orders,
    letter: "P",
    visitor: `md5('practice-visitor-' || 1 + n % ${people})::uuid`,
    at: "now() - (n % 63000) * interval '1000 seconds'"
  })

/** Of one visitor, a minute between each and the one before it, the first is the newest. */
const longList = { orders: 200_100, newest: 1_767_225_600_000, letter: "Q" }
export const listOf = (n: number): ReadonlyArray<string> =>
  past({
    ...longList,
    visitor: `md5('practice-visitor-' || ${n})::uuid`,
    at: `cart.at(${longList.newest} - n * 60000::bigint)`
  })
/** Where the page of the list begins that comes after so many orders, as the service's addresses say it. */
export const listFrom = (after: number): string => {
  const at = String(longList.newest - after * 60_000).padStart(16, "0")
  return `<${at}.${uuid(`practice-order-${longList.letter}${after}`)}`
}

/** How many more lines the carts of many lines get on their page. */
const linesMore = 300 - linesEach
export const lastOfMany = `Many ${linesMore}`

/** The carts of visitors number `from` to `to` on one page come to 300 lines. */
export const manyLines = (from: number, to: number): ReadonlyArray<string> => [
  `INSERT INTO market.product (id, page_id, name, price_minor, currency, tax_rate)
    SELECT 'practice-many-' || n, '${pageOfMany}', 'Many ' || n, 100 + n, 'GBP', 2000
      FROM generate_series(1, ${linesMore}) n`,
  `INSERT INTO cart.cart_line (id, cart_id, item_id, quantity, seen_minor)
    SELECT gen_random_uuid(), md5('practice-cart-${pageOfMany}' || n)::uuid, 'practice-many-' || i, 1, 100 + i
      FROM generate_series(${from}, ${to}) n, generate_series(1, ${linesMore}) i`
]
