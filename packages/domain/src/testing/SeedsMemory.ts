import { Clock, Effect, HashMap, Layer, Predicate, Redacted } from "effect"
import { TestClock } from "effect/testing"
import type { CalendarEntry } from "../calendar/CalendarEntry.ts"
import { ownerOf } from "../identity/Identity.ts"
import { money } from "../money/Money.ts"
import type { Item } from "../page/Item.ts"
import type { PageConfig } from "../page/PageConfig.ts"
import { CredentialId, EntryId, ItemId, PageId } from "../text/Ids.ts"
import { day, hour, type Instant, plus } from "../time/Instant.ts"
import { type HoldSeed, type ItemSeed, type PageSeed, Seeds } from "./Seeds.ts"
import type { EntryRow, State } from "./State.ts"
import * as seats from "./seats.ts"
import { seedPeople } from "./seedPeople.ts"
import { at, World, wrote } from "./World.ts"

/** A page and its key, as the cart keeps them. */
const putPage = (
  state: State,
  id: PageId,
  seed: PageSeed,
  credential: string
): readonly [PageConfig, State] => {
  const { payable = true, ...given } = seed
  const seller = { merchantCode: `M-${id}`.slice(0, 32), credentialId: CredentialId.make(credential) }
  const page: PageConfig = {
    id,
    name: `Page ${id}`,
    currency: "GBP",
    acceptsLate: true,
    refundsAlone: false,
    paused: false,
    contact: null,
    url: null,
    ...given,
    seller: payable ? seller : null
  }
  const { credentialId, merchantCode } = seller
  const key = { credentialId, merchantCode, pageId: id, key: Redacted.make(`practice-key-${id}`) }
  const keys = payable ? [...state.keys, key] : state.keys
  return [page, { ...state, keys, pages: HashMap.set(state.pages, id, page) }]
}

const itemOf = (state: State, id: ItemId, seed: ItemSeed): Item => {
  const pageId = seed.pageId ?? state.cooperative
  const currency = at(state.pages, pageId)?.currency ?? "GBP"
  const price = money(250, currency)
  const usual = {
    name: `Item ${id}`,
    price,
    taxRate: null,
    available: true,
    most: 99,
    url: null,
    picture: null
  }
  return { ...usual, ...seed, id, pageId }
}

const putItem = (state: State, id: ItemId, change: Partial<Item>): State => {
  const item = at(state.items, id)
  return item === undefined
    ? state
    : { ...state, items: HashMap.set(state.items, id, { ...item, ...change }) }
}

const held = (state: State, id: EntryId, of: HoldSeed, now: Instant): EntryRow | null => {
  const slot = at(state.slots, of.slot)
  if (slot === undefined || seats.seatsFree(state, of.slot, now) < 1) return null
  const { endsAt, name, pageId, price, startsAt } = slot
  const heldUntil = plus(now, of.span ?? hour)
  const entry: CalendarEntry = {
    id,
    pageId,
    name,
    startsAt,
    endsAt,
    price,
    state: "pending",
    heldUntil,
    orderId: null,
    url: null
  }
  return { entry, slot: of.slot, owner: ownerOf(of.identity) }
}

const putEntry = (state: State, id: EntryId, change: Partial<CalendarEntry>): State => {
  const row = at(state.entries, id)
  return row === undefined ? state : seats.put(state, [{ ...row, entry: { ...row.entry, ...change } }])
}

/** What siblings do, in memory. */
export const layer = Layer.effect(
  Seeds,
  Effect.gen(function* () {
    const world = yield* World
    const fresh = (): string => world.mint().replaceAll("-", "").slice(-12)
    const write = (change: (state: State, now: Instant) => State): Effect.Effect<void> =>
      world.step("Seeds.write", (state, now) => wrote(undefined, change(state, now)))
    const page = (id: PageId, seed: PageSeed) =>
      world.step("Seeds.page", (state) => wrote(...putPage(state, id, seed, world.mint())))

    return Seeds.of({
      ...seedPeople(world),
      cooperative: Effect.flatMap(world.peek, ({ cooperative, pages }) => {
        const known = at(pages, cooperative)
        return known === undefined ? page(cooperative, { name: "The cooperative" }) : Effect.succeed(known)
      }),
      page: (seed = {}) => page(PageId.make(`page-${fresh()}`), seed),
      item: (seed) =>
        world.step("Seeds.item", (state) => {
          const item = itemOf(state, ItemId.make(`item-${fresh()}`), seed)
          return wrote(item, { ...state, items: HashMap.set(state.items, item.id, item) })
        }),
      reprice: (id, minor) =>
        write((state) =>
          putItem(state, id, { price: money(minor, at(state.items, id)?.price.currency ?? "GBP") })
        ),
      offer: (id, available) => write((state) => putItem(state, id, { available })),
      forget: (id) => write((state) => ({ ...state, items: HashMap.remove(state.items, id) })),
      slot: ({ capacity, pageId, price }) =>
        world.step("Seeds.slot", (state, now) => {
          const id = `slot-${fresh()}`
          const startsAt = plus(now, 30 * day)
          const slot = {
            pageId,
            name: `Place ${id}`,
            capacity,
            price: price ?? money(500, at(state.pages, pageId)?.currency ?? "GBP"),
            startsAt,
            endsAt: plus(startsAt, hour)
          }
          return wrote(id, { ...state, slots: HashMap.set(state.slots, id, slot) })
        }),
      hold: (of) =>
        world.step("Seeds.hold", (state, now) => {
          const row = held(state, EntryId.make(`entry-${fresh()}`), of, now)
          return wrote(row?.entry ?? null, row === null ? state : seats.put(state, [row]))
        }),
      lapse: (id) => write((state, now) => putEntry(state, id, { heldUntil: now })),
      organise: (id, as) => write((state) => putEntry(state, id, { state: as })),
      consumer: (name) =>
        write((state) => ({ ...state, consumers: [...new Set([...state.consumers, name])] })),
      wait: (span) =>
        Effect.flatMap(Clock.Clock, (clock) =>
          Predicate.hasProperty(clock, "adjust") ? TestClock.adjust(span) : Effect.sleep(span)
        )
    })
  })
)
