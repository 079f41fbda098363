import { assert, describe, it } from "vitest"
import type { FakeSumUp } from "../src/FakeSumUp.ts"
import type { JsonObject } from "../src/json.ts"
import { links, open, press } from "./browser.ts"
import { call, opened, read, started, stopped } from "./rig.ts"

const back = "Back to merchant website"

const page = async (fake: FakeSumUp, change: JsonObject = {}) => {
  const checkout = await opened(fake, change)
  const url = `http://127.0.0.1:${fake.port}/pay/c-${checkout.id}`
  const status = async () => (await read(fake, checkout.id)).body["status"]
  return { ...checkout, url, status, first: await open(url) }
}

describe("paying on the page", () => {
  it("needs nothing but one button, and leads back to the merchant by a link", async () => {
    const fake = await started()
    const { first, status } = await page(fake, { amount: 12.4 })
    assert.strictEqual(first.title, "Pay Ash Bakery £12.40")
    assert.include(first.html, "no money moves")
    assert.notInclude(first.html, "<script")
    const done = await press(first, "Pay £12.40")
    assert.strictEqual(done.title, "Payment successful")
    assert.deepEqual(links(done), [[back, "https://shop.example.org/return"]])
    assert.strictEqual(await status(), "PAID")
  })

  it("leads nowhere when the merchant gave no address, or one that is no web address", async () => {
    const fake = await started()
    for (const redirect of [undefined, "javascript:alert(1)", "shop"]) {
      const { first } = await page(fake, { redirect_url: redirect })
      assert.isEmpty(links(await press(first, "Pay £")))
    }
  })

  it("goes back by itself, with the checkout's id, where the switches say so", async () => {
    const fake = await started({ switches: { autoRedirect: true, checkoutIdInRedirect: true } })
    const { first, id } = await page(fake)
    assert.strictEqual(
      (await press(first, "Pay £")).left,
      `https://shop.example.org/return?checkout_id=${id}`
    )
  })

  it("is refused without the form's own token, and with a card that is not for practice", async () => {
    const fake = await started()
    const { first, status } = await page(fake)
    assert.strictEqual((await press(first, "Pay £", { token: "forged" })).status, 403)
    const real = await press(first, "Pay £", { card: "4111 1111 1111 1111" })
    assert.deepEqual([real.status, await status()], [422, "PENDING"])
    assert.strictEqual((await press(first, "Pay £", { action: "steal" })).status, 400)
    assert.strictEqual(await status(), "PENDING")
  })

  it("twice says that it is already processed, and takes the money once", async () => {
    const fake = await started()
    const { first, id } = await page(fake)
    await press(first, "Pay £")
    const again = await press(first, "Pay £")
    assert.deepEqual([again.status, again.title], [409, "This payment is already processed"])
    assert.lengthOf(fake.provider.ledger.checkout(id)?.transactionIds ?? [], 1)
  })

  it("escapes what the merchant wrote", async () => {
    const fake = await started()
    const { first } = await page(fake, { description: `<b>"Tea" & 'cake'</b>` })
    assert.include(first.html, "&lt;b&gt;&quot;Tea&quot; &amp; &#39;cake&#39;&lt;/b&gt;")
    assert.notInclude(first.html, "<b>")
  })
})

describe("other ways to leave the page", () => {
  it("declined, it says so and can be paid with another card", async () => {
    const fake = await started()
    const { first, status } = await page(fake)
    const declined = await press(first, "Decline")
    assert.include(declined.html, "Payment declined")
    assert.strictEqual(await status(), "FAILED")
    assert.strictEqual((await press(declined, "Pay £")).title, "Payment successful")
  })

  it("the bank is asked first: yes pays and leads back with the checkout's id, no declines", async () => {
    const fake = await started()
    const yes = await page(fake)
    const asks = await press(yes.first, "3-D Secure")
    assert.strictEqual(asks.title, "Your bank asks: is this you?")
    assert.strictEqual((await call(fake, "DELETE", `/v0.1/checkouts/${yes.id}`)).status, 409)
    assert.strictEqual(await yes.status(), "PENDING")
    const done = await press(asks, "Yes, pay")
    assert.strictEqual(done.left, `https://shop.example.org/return?checkout_id=${yes.id}`)
    assert.strictEqual(await yes.status(), "PAID")
    const no = await page(fake)
    await press(await press(no.first, "Pay £", { card: "4200 0000 0000 0042" }), "No, refuse")
    assert.strictEqual(await no.status(), "FAILED")
    const broken = await page(fake)
    await press(await press(broken.first, "Pay £", { card: "4012 0010 3746 1114" }), "Yes, pay")
    assert.strictEqual(await broken.status(), "FAILED")
  })

  it("a bank that is never answered is asked for five minutes", async () => {
    const fake = await stopped()
    const { first, id, url } = await page(fake)
    await press(first, "3-D Secure")
    assert.include((await open(url)).html, "Answer your bank")
    fake.provider.clock.advance(5 * 60_000)
    assert.strictEqual((await open(url)).title, "Pay Ash Bakery £10.00")
    assert.strictEqual((await call(fake, "DELETE", `/v0.1/checkouts/${id}`)).status, 200)
  })

  it("slowly, it is pending until so many seconds have passed", async () => {
    const fake = await stopped()
    const { first, status } = await page(fake)
    const waiting = await press(first, "Pay slowly", { seconds: "7" })
    assert.strictEqual(waiting.title, "Your payment is being processed")
    fake.provider.clock.advance(6999)
    assert.strictEqual(await status(), "PENDING")
    fake.provider.clock.advance(1)
    assert.strictEqual(await status(), "PAID")
  })

  it("expired, it cannot be paid any more", async () => {
    const fake = await started()
    const { first, status } = await page(fake)
    const expired = await press(first, "Expire now")
    assert.deepEqual([expired.status, expired.title], [410, "This payment has expired"])
    assert.isEmpty(links(expired))
    assert.strictEqual((await press(first, "Pay £")).status, 410)
    assert.strictEqual(await status(), "EXPIRED")
  })

  it("abandoned, nothing happens", async () => {
    const fake = await started()
    const { first, status, url } = await page(fake)
    const left = await press(first, "Abandon")
    assert.strictEqual(left.title, "You left the payment page")
    assert.strictEqual(await status(), "PENDING")
    assert.strictEqual((await open(url)).status, 200)
  })

  it("after half an hour the page is over, though the API says pending", async () => {
    const fake = await stopped()
    const { first, status, url } = await page(fake)
    fake.provider.clock.advance(30 * 60_000)
    assert.strictEqual((await open(url)).status, 410)
    assert.strictEqual((await press(first, "Pay £")).status, 410)
    assert.strictEqual(await status(), "PENDING")
  })

  it("of a checkout that does not exist, or wants no page, there is none", async () => {
    const fake = await started()
    const { url } = await page(fake, { hosted_checkout: undefined })
    assert.strictEqual((await open(url)).status, 404)
    assert.strictEqual((await open(`http://127.0.0.1:${fake.port}/pay/c-none`)).title, "Payment not found")
  })
})
