/** A time that people can come to. Places are few on purpose: two people can want the last one. */
export interface Slot {
  readonly id: string
  readonly pageId: string
  readonly name: string
  /** Days from the start of the demo, hours in UTC. */
  readonly inDays: number
  readonly from: number
  readonly to: number
  readonly minor: number
  readonly places: number
}

/** What the calendars hold. Prices as those of products: multiples of 3 pence. */
export const slots: ReadonlyArray<Slot> = [
  {
    id: "bread-morning",
    pageId: "ash-bakery",
    name: "Bread morning",
    inDays: 6,
    from: 8,
    to: 11,
    minor: 1800,
    places: 2
  },
  {
    id: "rose-pruning",
    pageId: "rose-farm",
    name: "Rose pruning",
    inDays: 9,
    from: 13,
    to: 15,
    minor: 750,
    places: 6
  },
  {
    id: "singing-day",
    pageId: "mill-choir",
    name: "Open singing day",
    inDays: 13,
    from: 10,
    to: 16,
    minor: 1500,
    places: 30
  }
]
