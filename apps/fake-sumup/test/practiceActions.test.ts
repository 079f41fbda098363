import { assert, describe, it } from "vitest"
import type { FakeSumUp } from "../src/FakeSumUp.ts"
import type { FaultName } from "../src/faultKinds.ts"
import { type PracticeAction, practiceActions } from "../src/practiceActions.ts"
import { links, open, type Page, press } from "./browser.ts"
import { type Receiver, receiving } from "./receiver.ts"
import { fired, opened, read, stopped } from "./rig.ts"

interface Result {
  readonly fake: FakeSumUp
  readonly shop: Receiver
  readonly page: Page
  readonly status: () => Promise<unknown>
  readonly taken: () => ReadonlyArray<number>
}

const pressed = async (fake: FakeSumUp, { label }: PracticeAction): Promise<Result> => {
  const shop = await receiving()
  const { id } = await opened(fake, { return_url: shop.url })
  const url = `http://127.0.0.1:${fake.port}/pay/c-${id}`
  const page = await press(await open(url), label, { seconds: "9", times: "2" })
  const status = async () => (await read(fake, id)).body["status"]
  const { ledger, webhooks } = fake.provider
  await webhooks.idle()
  const taken = () => {
    const checkout = ledger.checkout(id)
    const transactions = checkout === undefined ? [] : ledger.transactionsOf(checkout)
    return transactions.filter((one) => one.status === "SUCCESSFUL").map(({ amount }) => amount)
  }
  return { fake, shop, page, status, taken }
}

const paidOnce = async ({ taken, status }: Result) => {
  assert.strictEqual(await status(), "PAID")
  assert.deepEqual(taken(), [1000])
}

const told = ({ shop }: Result, times: number) => assert.lengthOf(shop.received, times)

const looks: { readonly [action: string]: (result: Result) => Promise<void> } = {
  "pay-late": async (result) => {
    assert.strictEqual(result.page.title, "This payment has expired")
    assert.strictEqual(await result.status(), "EXPIRED")
    result.fake.provider.clock.advance(9000)
    await paidOnce(result)
  },
  "pay-twice": async ({ taken }) => assert.deepEqual(taken(), [1000, 1000]),
  "lose-webhook": async (result) => {
    await paidOnce(result)
    told(result, 0)
  },
  "webhook-twice": async (result) => {
    await paidOnce(result)
    told(result, 2)
  },
  "webhook-first": async (result) => {
    await paidOnce(result)
    told(result, 1)
  },
  "return-first": async (result) => {
    assert.strictEqual(result.page.left, "https://shop.example.org/return")
    assert.strictEqual(await result.status(), "PENDING")
    result.fake.provider.clock.advance(9000)
    await paidOnce(result)
  },
  "wrong-amount": async ({ taken }) => assert.deepEqual(taken(), [1100]),
  "never-come-back": async (result) => {
    await paidOnce(result)
    assert.isEmpty(links(result.page))
  },
  "decline-then-pay": async (result) => {
    assert.strictEqual(await result.status(), "FAILED")
    const again = await press(result.page, "Pay £")
    assert.include(again.html, "Payment declined")
    assert.strictEqual((await press(again, "Pay £")).title, "Payment successful")
  }
}

describe("one click on the page", () => {
  for (const [name, action] of Object.entries(practiceActions)) {
    it(`"${action.label}" does what it says, as a fault that is counted`, async () => {
      const fake = await stopped()
      const result = await pressed(fake, action)
      const look = looks[name]
      assert.isDefined(look)
      await look?.(result)
      const fault: FaultName = action.fault
      assert.isAbove(fired(fake, fault), 0, "the fault never fired")
    })
  }

  it('"decline some times" counts from this press on, whatever was declined before', async () => {
    const fake = await stopped()
    const { id } = await opened(fake)
    for (let time = 0; time < 3; time++) fake.provider.buyer.decline(id)
    const page = await open(`http://127.0.0.1:${fake.port}/pay/c-${id}`)
    const once = await press(page, "Decline some times", { times: "1" })
    assert.include(once.html, "Payment declined")
    assert.strictEqual((await press(once, "Pay £")).title, "Payment successful")
  })

  it("webhook before the answer: the merchant has heard of it when the buyer's page comes", async () => {
    const fake = await stopped()
    const shop = await receiving()
    const { id } = await opened(fake, { return_url: shop.url })
    let heard = false
    shop.before = async () => {
      await new Promise((resolve) => setTimeout(resolve, 60))
      heard = true
    }
    const page = await open(`http://127.0.0.1:${fake.port}/pay/c-${id}`)
    await press(page, "Pay, webhook before the answer")
    assert.isTrue(heard)
  })
})
