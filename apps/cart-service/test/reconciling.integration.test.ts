import { spawnSync } from "node:child_process"
import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import { booksAgree, orderOf } from "./books.ts"
import { compiled } from "./compiled.ts"
import { forget } from "./forget.ts"
import { FormClient } from "./formClient.ts"
import { OwnHouse } from "./ownHouse.ts"
import { rows } from "./sql.ts"

const root = new URL("../../..", import.meta.url)

describe("SumUp's books and ours, compared by command", () => {
  let house: OwnHouse
  beforeAll(async () => {
    house = await OwnHouse.open()
  }, 120_000)
  afterAll(() => house?.close(), 60_000)

  const operate = (...words: ReadonlyArray<string>) => {
    const { status, stderr, stdout } = spawnSync(
      process.execPath,
      ["--conditions=@rose-ash/source", "apps/cart-service/src/main.ts", ...words],
      { cwd: root, encoding: "utf8", env: { ...process.env, ...compiled, ...house.cartEnvironment } }
    )
    const said = stdout.split("\n").filter((line) => line !== "" && !line.startsWith('{"time"'))
    return { status, said, stderr }
  }
  /** Somebody who has paid, and whom nobody told of it or will look at. */
  const paid = async (email: string): Promise<void> => {
    const buyer = new FormClient("10.4.0.1")
    await buyer.open(`${house.urls.market}/ash-bakery`)
    await buyer.press("Add Sourdough loaf to cart")
    await buyer.open(`${house.urls.cart}/p/ash-bakery/checkout`)
    await buyer.press("Order and pay £4.20", { email })
    const { references } = await orderOf(house, email)
    const rule = { fault: "webhook-none", match: { reference: references[0] }, times: "always" }
    const headers = { "content-type": "application/json" }
    await fetch(`${house.urls.provider}/_admin/faults`, {
      method: "POST",
      headers,
      body: JSON.stringify(rule)
    })
    await buyer.press("Pay £4.20")
  }

  it("finds what nobody told, what somebody paid back, and money of an order that is gone", async () => {
    await house.stopCart()
    await house.startCart()
    await paid("told@rose-ash.example")
    await house.stopCart() // from here on only the command looks
    const first = operate("reconcile", "1")
    assert.strictEqual(first.status, 0, first.stderr + first.said.join("\n"))
    assert.match(first.said.join("\n"), /ash-bakery\s+1\s+420\s+0\s+0/)
    assert.strictEqual((await orderOf(house, "told@rose-ash.example")).state, "paid")
    await booksAgree(house)

    const { number, references } = await orderOf(house, "told@rose-ash.example")
    const headers = { "content-type": "application/json" }
    const at = `${house.urls.provider}/_admin/checkouts/${references[0]}/refund`
    await fetch(at, { method: "POST", headers, body: JSON.stringify({ amount: 1 }) })
    assert.match(operate("reconcile", "1").said.join("\n"), /ash-bakery\s+1\s+420\s+100\s+0/)
    const events = `SELECT type FROM cart.event WHERE order_id = (SELECT id FROM cart.orders WHERE number = '${number}')
      ORDER BY seq`
    assert.deepStrictEqual(
      (await rows<{ type: string }>(house.databaseUrl, events)).map(({ type }) => type),
      ["order.created", "order.paid", "order.refunded"]
    )

    await forget(house.databaseUrl, number)
    const orphaned = operate("reconcile", "1")
    assert.strictEqual(orphaned.status, 1)
    assert.match(orphaned.said.join("\n"), /ash-bakery\s+1\s+420\s+100\s+1/)
    const [open = "", ...more] = operate("differences").said
    assert.deepStrictEqual(more, [])
    const { id, kind, minor } = JSON.parse(open)
    assert.deepStrictEqual([kind, minor], ["orphan", 420])
    assert.strictEqual(operate("differences", "answer", id, "Dora", "Refunded at SumUp.").status, 0)
    assert.strictEqual(operate("differences", "answer", id, "Dora", "Again.").status, 1)
    assert.strictEqual(operate("reconcile", "none").status, 1)
  }, 120_000)
})
