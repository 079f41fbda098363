import type { Order } from "@rose-ash/cart-domain/order/Order"
import { reference } from "@rose-ash/cart-domain/payment/PaymentAttempt"
import { check } from "@rose-ash/cart-domain/testing/Invariants"
import { World } from "@rose-ash/cart-domain/testing/World"
import { Effect, HashMap, Layer } from "effect"
import { added, Books, type Standing } from "./Books.ts"

const isMoving = ({ attempts, state }: Order): boolean =>
  state === "awaiting_payment" || attempts.some((one) => one.state === "created" || one.state === "open")

const bookOf = (orders: ReadonlyArray<Order>) =>
  added(
    orders.flatMap(({ cases, payments, refunds }) => [
      ...payments.filter(({ verdict }) => verdict !== "by_hand").map(({ id, minor }) => [id, minor] as const),
      ...refunds
        .filter(({ state }) => state === "done")
        .map(({ minor, paymentId }) => [`${paymentId} back`, minor] as const),
      ...cases
        .filter(({ reason }) => reason === "chargeback")
        .map(({ paymentId }) => [`${paymentId} lost`, 1] as const)
    ])
  )

const standingOf = (orders: ReadonlyArray<Order>, now: number): Standing => {
  const states = new Map<string, number>()
  for (const { state } of orders) states.set(state, (states.get(state) ?? 0) + 1)
  return {
    states,
    stuck: orders.filter(isMoving).length,
    refunds: orders.flatMap(({ refunds }) => refunds.filter(({ state }) => state === "done")).length,
    due: orders.filter(({ dueAt }) => dueAt !== null && dueAt <= now + 3000).length
  }
}

const inWords = ({ attempts, dueAt, number, state }: Order): string =>
  JSON.stringify({ number, state, dueAt, attempts })

/** What the ports in memory keep. */
export const booksMemory = (moveOn: (seconds: number) => void) =>
  Layer.effect(
    Books,
    Effect.map(World, (world) => {
      const orders = Effect.map(world.peek, (state) =>
        [...HashMap.values(state.orders)].map(({ order }) => order)
      )
      return Books.of({
        ours: Effect.map(orders, bookOf),
        breaks: Effect.zipWith(world.peek, world.now, check),
        standing: Effect.zipWith(orders, world.now, standingOf),
        stuckOrders: Effect.map(orders, (all) => all.filter(isMoving).map(inWords)),
        known: (of) =>
          Effect.map(orders, (all) => {
            const found = all.find(({ attempts }) => attempts.some(({ id }) => reference(id) === of))
            return found === undefined ? "unknown" : inWords(found)
          }),
        age: (seconds) => Effect.sync(() => moveOn(seconds)),
        unfence: () => Effect.void
      })
    })
  )
