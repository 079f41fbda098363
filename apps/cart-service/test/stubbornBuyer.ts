import { orderOf } from "./books.ts"
import { FormClient } from "./formClient.ts"
import type { OwnHouse } from "./ownHouse.ts"
import type { Page } from "./page.ts"

export const paid = "Thank you – your order is paid"
const total = "£4.20"
const patience = 30_000
const pause = 100

/** A buyer of one loaf, without a script, who presses again when nobody answers. */
export class StubbornBuyer extends FormClient {
  readonly email: string
  /** How often nobody answered. */
  cutOff = 0
  readonly #house: OwnHouse

  constructor(house: OwnHouse, name: string) {
    super()
    this.#house = house
    this.email = `${name}@rose-ash.example`
  }

  async choose(): Promise<void> {
    await this.open(`${this.#house.urls.market}/ash-bakery/sourdough-loaf`)
    await this.#persist(() => this.press("Add Sourdough loaf to cart"))
    await this.#persist(() => this.open(`${this.#house.urls.cart}/p/ash-bakery/checkout`))
  }

  /** Presses once; the page is the provider's when all went well. */
  order(): Promise<Page> {
    return this.press(`Order and pay ${total}`, { email: this.email })
  }

  /** Presses until the provider's page comes. */
  orderAtLast(): Promise<Page> {
    const { origin } = new URL(this.#house.urls.provider)
    return this.#persist(
      () => this.order(),
      ({ url }) => url.origin === origin
    )
  }

  /** Pays on the provider's page, which never fails, and stays there. */
  pay(): Promise<Page> {
    return this.press(`Pay ${total}`)
  }

  /** Comes back once by the provider's link. */
  comeBack(): Promise<Page> {
    return this.follow("Back to merchant website")
  }

  /** Comes back, and looks until the order is paid. */
  async comeBackAtLast(): Promise<Page> {
    const { number } = await orderOf(this.#house, this.email)
    return this.#persist(
      () => this.open(`${this.#house.urls.cart}/orders/${number}/return`),
      ({ heading }) => heading === paid
    )
  }

  async #persist(act: () => Promise<Page>, isDone: (page: Page) => boolean = () => true): Promise<Page> {
    const deadline = Date.now() + patience
    while (Date.now() < deadline) {
      const page = await act().catch(() => undefined)
      if (page === undefined) this.cutOff += 1
      else if (isDone(page)) return page
      await new Promise((resolve) => setTimeout(resolve, pause))
    }
    throw new Error(`${this.email} gave up on ${this.page.url.href}: ${this.page.text}`)
  }
}
