import { setTimeout as sleep } from "node:timers/promises"
import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import { booksAgree, orderOf, paidOnce } from "./books.ts"
import type { CrashPoint } from "./crashing.ts"
import { OwnHouse } from "./ownHouse.ts"
import { rows } from "./sql.ts"
import { paid, StubbornBuyer } from "./stubbornBuyer.ts"

/** Numbers from 0 to 1 that come again with the same seed. */
const chances = (seed: number) => {
  let state = seed
  return (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

const beforePaying = ["after the order was placed", "after the provider answered"] as const
const ordering = [
  "before the order is written",
  "while the order is being written",
  "after the answer was noted"
] as const
const paying = ["while the payment is being recorded", "after the payment was recorded"] as const

/** Nobody answered: the connection was cut, or refused. */
const isCutOff = (reply: Promise<unknown>): Promise<boolean> =>
  reply.then(
    () => false,
    () => true
  )

describe("a service that is killed", () => {
  let house: OwnHouse
  beforeAll(async () => {
    house = await OwnHouse.open()
  }, 90_000)
  afterAll(() => house.close(), 60_000)

  /** The service is killed, and one takes its place that will die at this point. */
  const arm = async (point: CrashPoint): Promise<void> => {
    await house.killCart()
    await house.startCart(point)
  }

  for (const [place, point] of beforePaying.entries())
    it(`${point} lets the buyer press the same button again, and is paid once`, async () => {
      const buyer = new StubbornBuyer(house, `presses-again-${place}`)
      await buyer.choose()
      await arm(point)
      assert.isTrue(await isCutOff(buyer.order()))
      await house.cartDied()
      await house.startCart()
      const payment = await buyer.order()
      assert.strictEqual(payment.url.origin, house.urls.provider)
      await buyer.pay()
      assert.strictEqual((await buyer.comeBack()).heading, paid)
      await paidOnce(house, buyer.email)
    }, 60_000)

  it("after the payment was seen knows of it when the buyer comes back, and is paid once", async () => {
    const buyer = new StubbornBuyer(house, "comes-back")
    await buyer.choose()
    await buyer.order()
    await arm("after the payment was seen")
    await buyer.pay()
    assert.isTrue(await isCutOff(buyer.comeBack()))
    await house.cartDied()
    await house.startCart()
    await buyer.comeBackAtLast()
    await paidOnce(house, buyer.email)
  }, 60_000)

  it("after the payment was seen finds it again although nobody comes back", async () => {
    const buyer = new StubbornBuyer(house, "stays-away")
    await buyer.choose()
    await buyer.order()
    await arm("after the payment was seen")
    await buyer.pay()
    await house.cartDied()
    await house.startCart()
    const { number, state } = await orderOf(house, buyer.email)
    assert.strictEqual(state, "awaiting_payment")
    // Who died may have had the order in hand: its minute passes.
    await rows(house.databaseUrl, `UPDATE cart.orders SET due_at = now() WHERE number = '${number}'`)
    const deadline = Date.now() + 15_000
    while ((await orderOf(house, buyer.email)).state !== "paid" && Date.now() < deadline) await sleep(200)
    await paidOnce(house, buyer.email)
  }, 60_000)

  it("again and again, each time just after it stood again, is paid once", async () => {
    const buyer = new StubbornBuyer(house, "unlucky")
    await buyer.choose()
    for (const point of ordering) {
      await arm(point)
      assert.isTrue(await isCutOff(buyer.order()), point)
      await house.cartDied()
    }
    await house.startCart()
    await buyer.order()
    await buyer.pay()
    for (const point of paying) {
      await arm(point)
      assert.isTrue(await isCutOff(buyer.comeBack()), point)
      await house.cartDied()
    }
    await house.startCart()
    await buyer.comeBackAtLast()
    await paidOnce(house, buyer.email)
  }, 90_000)

  it("at any moment loses nobody's order, and takes nobody's money twice", async () => {
    const seed = Date.now() >>> 0
    const chance = chances(seed)
    const buyers = Array.from({ length: 6 }, (_, place) => new StubbornBuyer(house, `crowd-${place}`))
    const purchase = async (buyer: StubbornBuyer) => {
      await sleep(chance() * 1500)
      await buyer.choose()
      await buyer.orderAtLast()
      await buyer.pay()
      await buyer.comeBackAtLast()
    }
    const kills = async () => {
      for (let kill = 0; kill < 3; kill += 1) {
        await sleep(chance() * 900)
        await house.killCart()
        await house.startCart()
      }
    }
    await Promise.all([kills(), ...buyers.map(purchase)])
    const refused = buyers.reduce((sum, { cutOff }) => sum + cutOff, 0)
    assert.isAbove(refused, 0, `no kill met anybody (seed ${seed})`)
    for (const { email } of buyers) await paidOnce(house, email)
  }, 90_000)

  it("leaves books that agree to the penny, and no error in its log", async () => {
    await booksAgree(house)
    assert.deepStrictEqual(house.errors(), [])
  })
})
