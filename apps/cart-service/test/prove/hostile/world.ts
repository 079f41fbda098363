import { randomUUID } from "node:crypto"
import { Browser } from "../../../../../packages/http-express/test/Browser.ts"
import type { Fake } from "../FakeProcess.ts"
import { type House, houseKeys } from "./houses.ts"
import type { Rows } from "./rows.ts"
import { linked, ordered, type Shop, seenBy, webhookOf } from "./shop.ts"

/** Who attacks, by what they show. */
export interface Actor {
  readonly name: string
  readonly internal: boolean
  readonly cookie: string
  readonly headers: ReadonlyArray<readonly [name: string, value: string]>
  /** What their messages are signed with. */
  readonly signs: string | null
  /** What they may be shown of what is kept from others. */
  readonly owns: ReadonlyArray<string>
  /** What is right, or nearly, in fields and parts of addresses. */
  readonly own: { readonly [field: string]: string }
}
export interface World {
  readonly ports: { readonly public: number; readonly internal: number }
  readonly host: string
  /** What names of cookies begin with. */
  readonly prefix: string
  readonly paths: ReadonlyArray<string>
  /** Where an answer may lead besides the service itself. */
  readonly origins: ReadonlyArray<string>
  readonly actors: readonly [Actor, ...ReadonlyArray<Actor>]
  /** Planted, to be seen by nobody but their owner. */
  readonly secrets: { readonly password: string; readonly [name: string]: string }
  readonly valid: (actor: Actor) => { readonly [field: string]: string }
  /** What siblings know people, places and orders by. */
  readonly sibling: { readonly [field: string]: string }
  /** Looks again what people would order. */
  readonly refresh: () => Promise<void>
}
interface Of {
  readonly fake: Fake
  readonly house: House
  readonly rows: Rows
  readonly shop: Shop
  readonly ports: World["ports"]
  readonly paths: World["paths"]
}

const cookieOf = ({ jar }: Browser): string => [...jar].map(([name, value]) => `${name}=${value}`).join("; ")
const stranger = { internal: false, cookie: "", headers: [], signs: null, owns: [], own: {} } as const

/** The guest orders and pays, then orders again; the customer and whoever answers for the page order. */
const people = async ({ fake, house, ports, rows, shop }: Of) => {
  const browser = (session?: string) => {
    const made = new Browser([ports.public], house.origin(ports.public))
    if (session !== undefined) made.jar.set("rose_session", session)
    return made
  }
  const [customer, staff, guest] = [browser(shop.sessions[0]), browser(shop.sessions[1]), browser()]
  const paid = await ordered(guest, rows, shop, shop.mails.guest)
  const webhook = await webhookOf(fake)
  const [attempt] = await rows.ask<{ id: string }>(
    `SELECT id FROM cart.payment_attempt WHERE order_id = '${paid.id}'`
  )
  await fake.happen(`ra-${attempt?.id}`, "pay")
  await guest.open(`/orders/${paid.number}/return`)
  const hers = await ordered(customer, rows, shop, shop.mails.customer)
  const theirs = await ordered(staff, rows, shop, shop.mails.staff)
  return { customer, staff, guest, paid, hers, theirs, webhook, link: await linked(rows, hers) }
}

const siblings = (owns: ReadonlyArray<string>): ReadonlyArray<Actor> => {
  const bearer = (key: string) => [["authorization", `Bearer ${key}`] as const]
  const { internal, metrics, signing } = houseKeys
  const sibling: Actor = {
    ...stranger,
    internal: true,
    name: "sibling",
    headers: bearer(internal),
    signs: signing,
    owns
  }
  return [
    { ...stranger, internal: true, name: "stranger" },
    // Whoever has keys comes furthest.
    ...[sibling, sibling, sibling],
    { ...stranger, internal: true, name: "monitor", headers: bearer(metrics) }
  ]
}

const right = ({ shop }: Of, link: string) => ({
  page: shop.page.id,
  item: shop.item.id,
  entry: shop.entry,
  token: link,
  quantity: "1",
  had: "1",
  return_to: "http://localhost:8001/",
  n: "1",
  year: "2026",
  after: "1",
  difference: "1",
  reason: "as the buyer asked",
  payment: "1",
  case: "1",
  amount: "0.01",
  name: "Robin",
  code: "added",
  email: "buyer@rose-ash.example",
  revision: `${randomUUID()}.1`,
  total: "500",
  file: "order.paid.v1.json"
})
const acts = ["check", "refund", "credit", "writeOff", "giveUp", "cash", "cancel"]

/** All that is planted. */
const secretsOf = ({ shop }: Of, also: { readonly [name: string]: string }): World["secrets"] => ({
  ...houseKeys,
  ...also,
  password: `canary-password-${randomUUID()}`,
  provider: shop.key,
  customer: shop.sessions[0],
  staff: shop.sessions[1],
  mailOfCustomer: shop.mails.customer,
  mailOfGuest: shop.mails.guest,
  mailOfStaff: shop.mails.staff
})

/** Everybody who is to attack, with carts and orders of their own, and what is planted with them. */
export const prepare = async (of: Of): Promise<World> => {
  const { house, ports, rows, shop } = of
  const { customer, guest, hers, link, paid, staff, theirs, webhook } = await people(of)
  const { mails } = shop
  const placed = { guest: paid, customer: hers, staff: theirs }
  const seen = new Map<string, { readonly revision: string; readonly total: string }>()
  const refresh = async (): Promise<void> => {
    for (const [name, order] of Object.entries(placed)) seen.set(name, await seenBy(rows, order))
  }
  await refresh()
  const usual = right(of, link)
  const person = (name: keyof typeof placed, browser: Browser, owns: ReadonlyArray<string>): Actor => {
    const { id, number } = placed[name]
    return {
      ...stranger,
      name,
      cookie: cookieOf(browser),
      owns: [...owns, browser.jar.get("order") ?? ""],
      own: { id, number }
    }
  }
  let made = 0
  return {
    ports,
    host: new URL(house.origin(ports.public)).host,
    prefix: house.prefix,
    paths: of.paths,
    origins: [house.origin(ports.public), of.fake.url, "http://localhost:8001"],
    actors: [
      { ...stranger, name: "nobody", own: { number: hers.number } },
      person("guest", guest, [mails.guest]),
      person("customer", customer, [mails.customer, link]),
      person("staff", staff, Object.values(mails)),
      ...siblings(Object.values(mails)).map((actor) => ({ ...actor, own: { id: hers.id } }))
    ],
    secrets: secretsOf(of, { link, webhook, guest: guest.jar.get(`${house.prefix}cart`) ?? "" }),
    valid: ({ name, own }) => {
      made += 1
      const form = { key: `form-key-${made}`, refund: randomUUID(), act: acts[made % acts.length] ?? "" }
      const id = { id: hers.id, number: hers.number }
      const token = { token: made % 3 === 0 ? webhook : link }
      return { ...usual, ...id, ...form, ...token, ...seen.get(name), ...own }
    },
    sibling: { user_id: "nobody-here", session: "0".repeat(64), entry_id: shop.entry, order_id: hers.id },
    refresh
  }
}
