import { assert } from "vitest"
import type { FakeSumUp } from "../src/FakeSumUp.ts"
import { isList, type Json } from "../src/json.ts"
import { open, press } from "./browser.ts"
import { receiving } from "./receiver.ts"
import { call, merchant, opened, paid, read, request } from "./rig.ts"

export const creating = async (fake: FakeSumUp, change: { readonly [key: string]: Json }, asKey?: string) => {
  const options = asKey === undefined ? {} : { key: asKey }
  return (await call(fake, "POST", "/v0.1/checkouts", { ...options, body: request(change), lies: true }))
    .status
}

export const listed = async (fake: FakeSumUp, reference: string) => {
  const { json } = await call(fake, "GET", `/v0.1/checkouts?checkout_reference=${reference}`)
  return isList(json) ? json.length : -1
}

const transactions = `/v2.1/merchants/${merchant}/transactions`

const ended = async (fake: FakeSumUp) => {
  const one = await opened(fake)
  await call(fake, "DELETE", `/v0.1/checkouts/${one.id}`)
  return one
}

export const deletes = async (fake: FakeSumUp, status: number) => {
  const { id } = await ended(fake)
  assert.strictEqual((await call(fake, "DELETE", `/v0.1/checkouts/${id}`)).status, status)
}

const soon = (fake: FakeSumUp) => ({ valid_until: new Date(fake.provider.clock.now() + 1000).toISOString() })

export const expires = async (fake: FakeSumUp, unseen: string) => {
  const { id } = await opened(fake, soon(fake))
  fake.provider.clock.advance(2000)
  assert.strictEqual(fake.provider.ledger.checkout(id)?.status, unseen)
  assert.strictEqual((await read(fake, id)).body["status"], "EXPIRED")
}

export const reuses = async (fake: FakeSumUp, status: number) => {
  const { reference } = await ended(fake)
  assert.strictEqual(await creating(fake, { checkout_reference: reference }), status)
}

export const tellsOfExpiry = async (fake: FakeSumUp, times: number) => {
  const shop = await receiving()
  await opened(fake, { ...soon(fake), return_url: shop.url })
  fake.provider.clock.advance(1000)
  await fake.provider.webhooks.idle()
  assert.lengthOf(shop.received, times)
}

export const paysAfterDelete = async (fake: FakeSumUp, outcome: string) =>
  assert.strictEqual(fake.provider.buyer.pay((await ended(fake)).id).outcome, outcome)

export const afterSession = async (fake: FakeSumUp, status: string) => {
  const { id } = await opened(fake)
  fake.provider.clock.advance(30 * 60_000)
  assert.strictEqual((await read(fake, id)).body["status"], status)
}

export const duringBank = async (fake: FakeSumUp, status: number) => {
  const { id } = await opened(fake)
  fake.provider.buyer.askBank(id, "0042")
  assert.strictEqual((await call(fake, "DELETE", `/v0.1/checkouts/${id}`)).status, status)
}

export const forint = async (fake: FakeSumUp, status: number) => {
  const api_key = "practice-key-mill-choir"
  const settings = {
    api_key,
    merchant_code: "MHU",
    country: "HU",
    default_currency: "HUF",
    sandbox: true
  } as const
  fake.provider.merchants.add({ ...settings, name: "Mill Choir" })
  const asked = { merchant_code: "MHU", currency: "HUF" }
  assert.strictEqual(await creating(fake, { ...asked, amount: 1500.5 }, api_key), status)
  assert.strictEqual(await creating(fake, { ...asked, amount: 1500 }, api_key), 201)
}

export const limited = async (fake: FakeSumUp) => read(fake, "x", { fault: "429", lies: true })

export const lags = async (fake: FakeSumUp, atOnce: number) => {
  const { reference } = await opened(fake)
  assert.strictEqual(await listed(fake, reference), atOnce)
  fake.provider.clock.advance(30_000)
  assert.strictEqual(await listed(fake, reference), 1)
}

export const remembers = async (fake: FakeSumUp, items: number) => {
  await paid(fake)
  fake.provider.clock.advance(2 * 86_400_000)
  const { body } = await call(fake, "GET", `${transactions}/history`)
  assert.lengthOf(isList(body["items"]) ? body["items"] : [], items)
}

export const carries = async (fake: FakeSumUp, does: boolean) => {
  const { transactionId } = await paid(fake)
  const { body } = await call(fake, "GET", `${transactions}?id=${transactionId}`)
  assert.strictEqual("foreign_transaction_id" in body, does)
}

const afterPaying = async (fake: FakeSumUp) => {
  const { id } = await opened(fake)
  return press(await open(`http://127.0.0.1:${fake.port}/pay/c-${id}`), "Pay £")
}

export const leads = async (fake: FakeSumUp, to: string | undefined) =>
  assert.strictEqual((await afterPaying(fake)).left?.split("/").at(-1), to)

export const paidPage = async (fake: FakeSumUp) => (await afterPaying(fake)).html

export const called = async (fake: FakeSumUp) => {
  const shop = await receiving()
  fake.provider.buyer.pay((await opened(fake, { return_url: shop.url })).id)
  await fake.provider.webhooks.idle()
  return shop.received[0]?.path ?? ""
}

export const slowly = async (fake: FakeSumUp) => {
  const shop = await receiving()
  shop.before = () => new Promise((resolve) => setTimeout(resolve, 60))
  fake.provider.buyer.pay((await opened(fake, { return_url: shop.url })).id)
  await fake.provider.webhooks.idle()
  return fake.provider.webhooks.log.newest()[0]?.tries[0]?.result
}
