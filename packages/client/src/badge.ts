import type { Cart, Whose } from "./CartClient.ts"
import type { Summary } from "./contract/Summary.ts"

/** What a page shows of the cart. */
export interface Badge {
  readonly href: string
  /** Null: nobody knows it now. The link leads to the cart all the same. */
  readonly count: number | null
  /** What it costs, per currency, as people read it. */
  readonly totals: ReadonlyArray<string>
  /** For the link: "Your cart" or "Your cart (3)". */
  readonly text: string
}

/** The little of a request and a response that is needed: those of Express have it. */
interface Incoming {
  readonly headers: { readonly cookie?: string | undefined }
}
interface Outgoing {
  readonly locals: { [name: string]: unknown }
}

export interface BadgeOptions {
  /** The name of the session cookie that all services share. */
  readonly sessionCookie: string
  /** Who is logged in, by the auth service's id, for services that know it anyway. */
  readonly customer?: (request: Incoming) => string | undefined
}

const cookieOf = (header: string | undefined, name: string): string | undefined =>
  header
    ?.split(";")
    .map((pair) => pair.trim())
    .find((pair) => pair.startsWith(`${name}=`))
    ?.slice(name.length + 1)

const badgeOf = (href: string, summary: Summary | null): Badge => {
  const count = summary?.count ?? null
  const text = count === null || count === 0 ? "Your cart" : `Your cart (${count})`
  return { href, count, totals: summary?.totals.map((total) => total.text) ?? [], text }
}

const nothing: Summary = { count: 0, pages: 0, totals: [] }

/** The badge of whoever asks. Never rejects, and never takes longer than the cart's deadline. */
export const badgeFor = (cart: Cart, of: Whose): Promise<Badge> =>
  of.session === undefined && of.customer === undefined
    ? Promise.resolve(badgeOf(cart.url, nothing))
    : cart.summary(of).then((answer) => badgeOf(cart.url, answer.ok ? answer.value : null))

/** Express middleware: `response.locals.cart` is the badge of whoever asks, whatever state the cart is in. */
export const badge =
  (cart: Cart, { customer, sessionCookie }: BadgeOptions) =>
  (request: Incoming, response: Outgoing, next: () => void): void => {
    const session = cookieOf(request.headers.cookie, sessionCookie)
    void badgeFor(cart, { session, customer: customer?.(request) }).then((found) => {
      response.locals["cart"] = found
      next()
    })
  }
