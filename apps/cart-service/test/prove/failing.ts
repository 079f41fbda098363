import { appendFileSync } from "node:fs"
import { Carts } from "@rose-ash/cart-domain/cart/Carts"
import { Events } from "@rose-ash/cart-domain/event/Events"
import { Identities } from "@rose-ash/cart-domain/identity/Identities"
import { Orders } from "@rose-ash/cart-domain/order/Orders"
import { Catalogue } from "@rose-ash/cart-domain/page/Catalogue"
import { PageConfigs } from "@rose-ash/cart-domain/page/PageConfigs"
import { PaymentProvider } from "@rose-ash/cart-domain/payment/PaymentProvider"
import { type Context, Effect, Layer } from "effect"

/** Where a process may die: before a call of a port, within its decision, or after it: "Orders.place.in". */
type Visit = (point: string) => void

/** What is called with what was read and says what to write: in the middle of the transaction. */
const deciding = (where: string, visit: Visit) => (given: unknown) =>
  typeof given === "function"
    ? (...read: ReadonlyArray<unknown>) => {
        const decided: unknown = Reflect.apply(given, undefined, read)
        visit(`${where}.in`)
        return decided
      }
    : given

const called = (where: string, visit: Visit, made: unknown): unknown =>
  Effect.isEffect(made)
    ? Effect.sync(() => visit(`${where}.before`)).pipe(
        Effect.andThen(made),
        Effect.tap(() => Effect.sync(() => visit(`${where}.after`)))
      )
    : made

/** The port as it is, and every step of every method is told. */
const visited = <S extends object>(port: string, real: S, visit: Visit): S =>
  new Proxy(real, {
    get: (target, key) => {
      const value: unknown = Reflect.get(target, key)
      const where = `${port}.${String(key)}`
      return typeof value === "function"
        ? (...args: ReadonlyArray<unknown>) =>
            called(where, visit, Reflect.apply(value, target, args.map(deciding(where, visit))))
        : called(where, visit, value)
    }
  })

const around = <I, S extends object>(tag: Context.Service<I, S>, port: string, visit: Visit) =>
  Layer.effect(
    tag,
    Effect.map(tag, (real) => visited(port, real, visit))
  )

/**
 * The ports around the service, one of which the process dies at: `Orders.place.in#2` is the second time that
 * it comes to that point. What points there are is appended to a file, where one is named.
 */
export const failingAt = (point: string, file: string | undefined) => {
  const [name, nth = "1"] = point.split("#")
  const seen = new Set<string>()
  let left = Number(nth)
  const visit: Visit = (here) => {
    if (file !== undefined && !seen.has(here)) appendFileSync(file, `${here}\n`)
    seen.add(here)
    if (here !== name) return
    left -= 1
    if (left === 0) process.kill(process.pid, "SIGKILL")
  }
  return Layer.mergeAll(
    around(Carts, "Carts", visit),
    around(Catalogue, "Catalogue", visit),
    around(Events, "Events", visit),
    around(Identities, "Identities", visit),
    around(Orders, "Orders", visit),
    around(PageConfigs, "PageConfigs", visit),
    around(PaymentProvider, "PaymentProvider", visit)
  )
}
