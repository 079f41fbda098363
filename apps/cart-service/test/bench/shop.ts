import { slotOf } from "./template.ts"
import type { Told } from "./told.ts"

interface Checkout {
  readonly id: string
  readonly transactions?: ReadonlyArray<{ readonly id: string }>
}

/** What the floor asks of the practice provider: a page where one pays, and what was paid there. */
export const shop = ({ key, merchant, url }: Told["provider"], port: number) => {
  const headers = { Authorization: `Bearer ${key}`, "Content-Type": "application/json" }
  const own = `http://localhost:${port}`
  /** The provider's names for what a person pays: the checkout, the transaction. */
  const names = new Map<number, ReadonlyArray<string>>()
  const namesOf = (n: number): ReadonlyArray<string> => names.get(n) ?? []
  const call = async (n: number, path: string, init: RequestInit = {}): Promise<void> => {
    const got = await fetch(`${url}/v0.1/checkouts${path}`, { headers, ...init })
    const text = await got.text()
    const { id, transactions = [] }: Partial<Checkout> = JSON.parse(text)
    if (id === undefined) throw new Error(`The provider answers ${got.status}: ${text}`)
    names.set(n, [id, ...transactions.map((one) => one.id)])
  }
  return {
    namesOf,
    read: async (n: number) => {
      await call(n, `/${namesOf(n)[0]}`)
      if (namesOf(n).length < 2) throw new Error(`${n} is not paid`)
    },
    open: (n: number, minor: number) => {
      const asked = {
        checkout_reference: `floor-${n}`,
        merchant_code: merchant,
        amount: minor / 100,
        currency: "GBP",
        hosted_checkout: { enabled: true },
        return_url: `${own}/hook/${n}`,
        redirect_url: `${own}/orders/${slotOf("number").value(n)}/return`
      }
      return call(n, "", { method: "POST", body: JSON.stringify(asked) })
    }
  }
}
