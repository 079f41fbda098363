import { assert } from "vitest"
import { isList, isObject, type JsonObject } from "../src/json.ts"
import type { Scenario } from "./answerScenarios.ts"
import { call, opened, paid, read, request } from "./rig.ts"

const lied =
  (header: string, look: (lie: JsonObject, truth: JsonObject) => void): Scenario =>
  async (fake) => {
    const { id } = await paid(fake)
    const truth = (await read(fake, id)).body
    const lie = await read(fake, id, { fault: header, lies: true })
    assert.strictEqual(lie.status, 200)
    look(lie.body, truth)
    assert.deepEqual((await read(fake, id)).body, truth)
  }

/** True answers, changed. */
export const bodyScenarios = {
  "wrong-types": lied("wrong-types", (lie) => {
    assert.deepEqual([lie["amount"], lie["status"], lie["merchant_sandbox"]], ["10", 42, true])
  }),
  "unknown-status": lied("unknown-status;status=SETTLING", (lie, truth) => {
    assert.deepEqual(lie, { ...truth, status: "SETTLING" })
  }),
  missing: lied("missing;key=currency", (lie, truth) => {
    assert.deepEqual({ ...lie, currency: "GBP" }, truth)
    assert.isFalse("currency" in lie)
  }),
  "extra-keys": lied("extra-keys", (lie, truth) => {
    assert.isAbove(Object.keys(lie).length, Object.keys(truth).length)
    assert.containsAllKeys(lie, Object.keys(truth))
  }),
  "no-transaction-id": lied("no-transaction-id", (lie) => {
    assert.deepEqual([lie["status"], lie["transactions"], "transaction_id" in lie], ["PAID", [], false])
  }),
  wrong: async (fake) => {
    for (const field of ["amount", "currency", "merchant_code", "checkout_reference", "id"]) {
      await lied(`wrong;field=${field}`, (lie, truth) => {
        assert.notStrictEqual(lie[field], truth[field])
        assert.strictEqual(typeof lie[field], typeof truth[field])
        assert.deepEqual({ ...lie, [field]: 0 }, { ...truth, [field]: 0 })
      })(fake)
    }
  },
  "list-empty": async (fake) => {
    const { reference } = await opened(fake)
    const path = `/v0.1/checkouts?checkout_reference=${reference}`
    assert.deepEqual((await call(fake, "GET", path, { fault: "list-empty" })).json, [])
    assert.lengthOf(Object.keys((await call(fake, "GET", path)).json ?? {}), 1)
  },
  "list-two": async (fake) => {
    const { reference, id } = await opened(fake)
    const path = `/v0.1/checkouts?checkout_reference=${reference}`
    const { json } = await call(fake, "GET", path, { fault: "list-two" })
    const [one, two] = isList(json) ? json.filter(isObject) : []
    assert.notStrictEqual(one?.["id"], id)
    assert.deepEqual({ ...one, id }, { ...two, id })
  },
  stale: async (fake) => {
    const { id, reference } = await opened(fake)
    const { body: pending } = await read(fake, id)
    fake.provider.faults.add({ fault: "stale", match: { reference }, with: { s: 20 } })
    fake.provider.clock.advance(60_000)
    fake.provider.buyer.pay(id)
    assert.deepEqual((await read(fake, id)).body, pending)
    fake.provider.clock.advance(19_000)
    assert.deepEqual((await read(fake, id)).body, pending)
    fake.provider.clock.advance(1000)
    assert.strictEqual((await read(fake, id)).body["status"], "PAID")
    assert.strictEqual(fake.provider.faults.fired()["stale"], 2)
  },
  "clock-offset": async (fake) => {
    const { clock, ledger } = fake.provider
    const until = new Date(clock.now() + 900_000).toISOString()
    const created = await call(fake, "POST", "/v0.1/checkouts", {
      body: request({ valid_until: until }),
      fault: "clock-offset;s=600"
    })
    const skew = Date.parse(String(created.body["date"])) - clock.now()
    assert.strictEqual(skew, 600_000)
    const dated = Date.parse(created.headers.get("date") ?? "") - clock.now()
    assert.approximately(dated, 600_000, 1000)
    clock.advance(299_000)
    const id = String(created.body["id"])
    assert.strictEqual(ledger.checkout(id)?.status, "PENDING")
    clock.advance(1000)
    assert.strictEqual(ledger.checkout(id)?.status, "EXPIRED")
  }
} satisfies { readonly [fault: string]: Scenario }
