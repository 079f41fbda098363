import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs"
import { Cart } from "@rose-ash/cart-domain/cart/Cart"
import { Told } from "@rose-ash/cart-domain/event/CloudEvent"
import { Order } from "@rose-ash/cart-domain/order/Order"
import { Observation } from "@rose-ash/cart-domain/payment/Observation"
import * as Memory from "@rose-ash/cart-domain/testing/Memory"
import type { State } from "@rose-ash/cart-domain/testing/State"
import { World } from "@rose-ash/cart-domain/testing/World"
import { OrderId } from "@rose-ash/cart-domain/text/Ids"
import { Instant } from "@rose-ash/cart-domain/time/Instant"
import { Effect, HashMap, Layer, Result, Schema } from "effect"

const AuditNote = Schema.Struct({
  action: Schema.String,
  by: Schema.String,
  reason: Schema.String,
  at: Instant
})
const OrderRow = Schema.Struct({
  order: Order,
  hinted: Schema.Boolean,
  events: Schema.Array(Told),
  observations: Schema.Array(Observation),
  audit: Schema.Array(AuditNote),
  grants: Schema.Array(Schema.Tuple([Schema.String, Instant]))
})
/** What the file holds: carts by holder and page, and orders with all that belongs to them. */
const Kept = Schema.fromJsonString(
  Schema.Struct({
    carts: Schema.Array(
      Schema.Tuple([Schema.String, Schema.Struct({ cart: Cart, holder: Schema.String, changedAt: Instant })])
    ),
    orders: Schema.Array(Schema.Tuple([OrderId, OrderRow]))
  })
)
const decode = Schema.decodeUnknownSync(Kept)
const encode = Schema.encodeSync(Kept)

const read = (file: string): Pick<State, "carts" | "orders"> => {
  const { carts, orders } = existsSync(file) ? decode(readFileSync(file, "utf8")) : { carts: [], orders: [] }
  return {
    carts: HashMap.fromIterable(carts),
    orders: HashMap.map(HashMap.fromIterable(orders), (row) => ({
      ...row,
      grants: HashMap.fromIterable(row.grants)
    }))
  }
}
/** All or nothing: a reader finds the file of before or of after. */
const write = (file: string, { carts, orders }: Pick<State, "carts" | "orders">): void => {
  const rows = HashMap.toEntries(orders).map(
    ([id, row]) => [id, { ...row, grants: HashMap.toEntries(row.grants) }] as const
  )
  writeFileSync(`${file}.next`, encode({ carts: HashMap.toEntries(carts), orders: rows }))
  renameSync(`${file}.next`, file)
}

/** A store that keeps carts and orders in a JSON file, and everything else where the given one does. */
const onFile = (file: string) =>
  Layer.effect(
    World,
    Effect.map(World, (world) => {
      const step: World["Service"]["step"] = (name, decide) =>
        world.step(name, (state, now) =>
          Result.map(decide({ ...state, ...read(file) }, now), ([answer, next]) => {
            write(file, next)
            return [answer, next] as const
          })
        )
      return World.of({
        ...world,
        peek: Effect.map(world.peek, (state) => ({ ...state, ...read(file) })),
        step,
        look: (name, look) => step(name, (state, now) => Result.succeed([look(state, now), state] as const))
      })
    })
  )

/**
 * `Carts` and `Orders` in a file, with the other ports beside them in memory. A second one on the same file
 * finds what the first one wrote. One process at a time: a file has no locks.
 */
export const layer = (file: string) =>
  Memory.layerNoDeps.pipe(Layer.provideMerge(onFile(file)), Layer.provide(World.layer))
