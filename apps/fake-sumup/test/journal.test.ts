import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { assert, describe, it, onTestFinished } from "vitest"
import { startFakeSumUp } from "../src/FakeSumUp.ts"
import { open, press } from "./browser.ts"
import { admin, call, key, merchant, opened, paid, read, stopped } from "./rig.ts"

const kept = (): string => {
  const folder = mkdtempSync(join(tmpdir(), "practice-"))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return join(folder, "deeper", "ledger.jsonl")
}

describe("a data file", () => {
  it("keeps checkouts, transactions, refunds, history, keys and the clock across a restart", async () => {
    const dataFile = kept()
    const first = await stopped({ dataFile })
    const one = await paid(first)
    const two = await paid(first, { amount: 5 })
    const waiting = await opened(first, {
      valid_until: new Date(first.provider.clock.now() + 1_200_000).toISOString()
    })
    const refunds = (id: string) => `/v1.0/merchants/${merchant}/payments/${id}/refunds`
    await call(first, "POST", refunds(two.transactionId), { body: { amount: 1 } })
    await call(first, "POST", refunds(one.transactionId), { body: { amount: 2 } })
    await admin(first, "POST", "/clock", { advance_s: 600 })
    const rotated = first.provider.merchants.rotate(merchant, true)?.key
    const ledger = (await admin(first, "GET", "/ledger")).json
    const path = `/v2.1/merchants/${merchant}/transactions/history?limit=50`
    const history = (await call(first, "GET", path)).json
    const page = await open(`http://127.0.0.1:${first.port}/pay/c-${waiting.id}`)
    first.provider.merchants.revoke(merchant, key)
    await first.close()

    const second = await stopped({ dataFile })
    assert.strictEqual((await read(second, one.id)).status, 401)
    assert.deepEqual((await admin(second, "GET", "/ledger")).json, ledger)
    assert.deepEqual((await call(second, "GET", path, { key: rotated })).json, history)
    assert.approximately(second.provider.clock.offset(), 600_000, 5000)
    await second.close()

    const third = await stopped({ dataFile })
    assert.deepEqual((await call(third, "GET", path, { key: rotated })).json, history)
    third.provider.clock.advance(580_000)
    assert.strictEqual((await read(third, waiting.id, { key: rotated })).body["status"], "PENDING")
    assert.strictEqual(
      (await press({ ...page, url: `http://127.0.0.1:${third.port}/` }, "Pay £")).title,
      "Payment successful"
    )
  })

  it("lets a checkout expire that was open when the house stopped", async () => {
    const dataFile = kept()
    const first = await stopped({ dataFile })
    const until = new Date(first.provider.clock.now() + 60_000).toISOString()
    const { id } = await opened(first, { valid_until: until })
    await first.close()
    const second = await stopped({ dataFile })
    assert.strictEqual(second.provider.ledger.checkout(id)?.status, "PENDING")
    second.provider.clock.advance(61_000)
    assert.strictEqual(second.provider.ledger.checkout(id)?.status, "EXPIRED")
  })

  it("is written before the answer, so that a kill loses nothing", async () => {
    const dataFile = kept()
    const fake = await stopped({ dataFile })
    const { reference } = await paid(fake)
    const lines = readFileSync(dataFile, "utf8")
      .trimEnd()
      .split("\n")
      .slice(-2)
      .map((line) => JSON.parse(line))
    assert.deepEqual([lines[0].transaction.reference, lines[1].checkout.status], [reference, "PAID"])
    assert.strictEqual(statSync(dataFile).mode & 0o777, 0o600)
  })

  it("that ends in a torn line is read up to it", async () => {
    const dataFile = kept()
    const first = await stopped({ dataFile })
    const { id } = await paid(first)
    await first.close()
    appendFileSync(dataFile, '{"checkout":{"id":"torn')
    const second = await stopped({ dataFile })
    assert.strictEqual((await read(second, id)).body["status"], "PAID")
    assert.strictEqual(second.provider.ledger.counts().checkouts, 1)
    await paid(second)
    await second.close()
    assert.strictEqual((await stopped({ dataFile })).provider.ledger.counts().checkouts, 2)
  })

  it("of another version is refused with a sentence that names the variable", async () => {
    const dataFile = kept()
    await (await stopped({ dataFile })).close()
    writeFileSync(dataFile, '{"version":99}\n')
    const error = await startFakeSumUp({ dataFile }).catch((failed) => failed)
    assert.match(String(error), /FAKE_SUMUP_DATA/)
  })
})
