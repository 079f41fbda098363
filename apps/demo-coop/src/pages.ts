/** A group of the cooperative that has a page of its own. */
export interface Page {
  /** Its name in addresses. */
  readonly id: string
  readonly title: string
  readonly about: string
  readonly contact: string
}

/** The cooperative's own page: what names no page is sold by it. */
export const cooperative: Page = {
  id: "rose-ash",
  title: "Rose Ash",
  about: "The cooperative itself: a few things that every group uses and nobody owns.",
  contact: "hello@rose-ash.example"
}

/** The groups that sell something. */
export const groups: ReadonlyArray<Page> = [
  {
    id: "ash-bakery",
    title: "Ash Bakery",
    about: "Bread from a wood-fired oven, four mornings a week. What is left at noon goes to neighbours.",
    contact: "bakery@rose-ash.example"
  },
  {
    id: "rose-farm",
    title: "Rose Farm",
    about: "Two fields, eleven hens and a hedge of dog roses, looked after by fifteen households.",
    contact: "farm@rose-ash.example"
  },
  {
    id: "mill-choir",
    title: "Mill Choir",
    about: "Forty voices in a draughty mill. No auditions; tea afterwards.",
    contact: "choir@rose-ash.example"
  },
  {
    id: "print-workshop",
    title: "Print Workshop",
    about: "A press from 1911 and ink under every fingernail. Open on Thursdays.",
    contact: "print@rose-ash.example"
  }
]

/** Every page there is. */
export const pages: ReadonlyArray<Page> = [cooperative, ...groups]
