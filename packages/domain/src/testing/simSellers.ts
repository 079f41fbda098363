import { Effect, Redacted } from "effect"
import { money } from "../money/Money.ts"
import { PageConfigs } from "../page/PageConfigs.ts"
import { SellerKeys } from "../page/SellerKeys.ts"
import { hour, minute, second } from "../time/Instant.ts"
import type { SimShop } from "./simBuyer.ts"
import type { SimHouse } from "./simHouse.ts"

/** Two pages, one of which accepts late money. */
export const shops = (house: SimHouse): readonly [SimShop, SimShop] => {
  const open = (acceptsLate: boolean): SimShop => {
    const { seeds } = house
    const page = house.outside(seeds.page({ acceptsLate, refundsAlone: house.dice.chance(0.5) }))
    const item = (minor: number) => house.outside(seeds.item({ pageId: page.id, price: money(minor, "GBP") }))
    const slot = house.outside(seeds.slot({ pageId: page.id, capacity: 4 }))
    return { page, items: [item(250), item(1 + house.dice.below(2000))], slot }
  }
  return [open(true), open(false)]
}

/** Prices move, policies change, keys are renewed; whoever stopped saves a new one. */
export const sellers = (house: SimHouse, of: ReadonlyArray<SimShop>) =>
  Effect.gen(function* () {
    const renews = ({ page }: SimShop) =>
      Effect.flatMap(SellerKeys, (keys) =>
        keys.save(page.id, page.seller?.merchantCode ?? "", Redacted.make(`key-${house.world.mint()}`))
      )
    for (;;) {
      yield* house.time.sleep(house.faults.on ? 30 * second + house.dice.below(3 * minute) : hour)
      for (const shop of of) {
        const page = house.page(shop.page.id)
        if (page === undefined) continue
        if (page.paused || house.dice.chance(0.02)) yield* house.ask(renews(shop))
        if (!house.faults.on) continue
        if (house.dice.chance(0.05))
          house.outside(house.seeds.reprice(shop.items[0].id, 200 + house.dice.below(100)))
        if (house.dice.chance(0.02))
          yield* house.ask(
            PageConfigs.use((pages) => pages.save({ ...page, acceptsLate: !page.acceptsLate }))
          )
      }
    }
  })
