/** Something for sale. Prices in pence, each a multiple of 3 (see the test: some amounts always decline). */
export interface Product {
  readonly id: string
  /** Null: the cooperative itself sells it. */
  readonly pageId: string | null
  readonly name: string
  readonly about: string
  readonly minor: number
  readonly available: boolean
  /** The most one order may have of it. */
  readonly most: number
}

const product = (
  pageId: string | null,
  id: string,
  name: string,
  minor: number,
  about: string,
  more: { readonly available?: boolean; readonly most?: number } = {}
): Product => ({ id, pageId, name, about, minor, available: true, most: 99, ...more })

/** The product whose price rises while people look at it. */
export const rising = {
  id: "strawberries",
  pageId: "rose-farm",
  step: 30,
  from: 300,
  to: 570
} as const

export const products: ReadonlyArray<Product> = [
  product("ash-bakery", "sourdough-loaf", "Sourdough loaf", 420, "Wheat and rye, three days in the making.", {
    most: 10
  }),
  product("ash-bakery", "rye-crackers", "Rye crackers", 240, "A dozen, with caraway. They keep for a month."),
  product("ash-bakery", "cinnamon-knot", "Cinnamon knot", 270, "Sticky. Bring a napkin."),
  product("ash-bakery", "plum-cake", "Plum cake", 1320, "A whole tin of it, while there are plums.", {
    available: false
  }),
  product(
    rising.pageId,
    rising.id,
    "Strawberries",
    rising.from,
    "A punnet from the polytunnel, picked today."
  ),
  product("rose-farm", "hens-eggs", "Six hens' eggs", 210, "From eleven hens, who have names."),
  product("rose-farm", "rosehip-syrup", "Rosehip syrup", 540, "A quarter of a litre, from the hedge."),
  product("rose-farm", "rose-cutting", "Dog rose cutting", 660, "Rooted, in a pot. Plant it by November."),
  product("mill-choir", "winter-concert", "Winter concert", 900, "One seat on a bench, 12 December, 19:30."),
  product("mill-choir", "songbook", "The mill songbook", 1260, "Thirty songs in four parts, ring-bound."),
  product("mill-choir", "recording", "Live at the mill", 780, "A compact disc. The kettle is on track four."),
  product(
    "print-workshop",
    "linocut-card",
    "Linocut card",
    240,
    "A robin, printed by hand, with an envelope."
  ),
  product("print-workshop", "fern-poster", "Fern poster", 1440, "A2, three colours, numbered."),
  product("print-workshop", "notebook", "Sewn notebook", 840, "Eighty blank pages in a marbled cover."),
  product(null, "tote-bag", "Rose Ash tote bag", 600, "Carries eleven loaves. We have tried.")
]
