import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, assert, it } from "@effect/vitest"
import { Orders } from "@rose-ash/cart-domain/order/Orders"
import * as AdoptionsContract from "@rose-ash/cart-domain/testing/AdoptionsContract"
import { order, someone } from "@rose-ash/cart-domain/testing/acting"
import * as CartsContract from "@rose-ash/cart-domain/testing/CartsContract"
import * as OrdersContract from "@rose-ash/cart-domain/testing/OrdersContract"
import { Seeds } from "@rose-ash/cart-domain/testing/Seeds"
import { Effect } from "effect"
import * as FileStore from "../src/FileStore.ts"

const folder = mkdtempSync(join(tmpdir(), "own-adapters-"))
afterAll(() => rmSync(folder, { recursive: true }))
const store = (name: string) => FileStore.layer(join(folder, `${name}.json`))

CartsContract.suite("a file", store("carts"))
OrdersContract.suite("a file", store("orders"))
AdoptionsContract.suite("a file", store("adoptions"))

it.effect("an order is there after the process that wrote it is gone", () =>
  Effect.gen(function* () {
    const placed = yield* Effect.gen(function* () {
      const seeds = yield* Seeds
      return yield* order(yield* someone, yield* seeds.item({ pageId: (yield* seeds.page()).id }))
    }).pipe(Effect.provide(store("kept")))
    const found = Effect.flatMap(Orders, (orders) => orders.get(placed.id))
    assert.deepStrictEqual(yield* Effect.provide(found, store("kept")), placed)
  })
)
