import { readFileSync } from "node:fs"
import { assert, describe, it } from "vitest"
import { type FaultName, faultKinds } from "../src/faultKinds.ts"
import { answerScenarios, type Scenario } from "./answerScenarios.ts"
import { bodyScenarios } from "./bodyScenarios.ts"
import { historyScenarios } from "./historyScenarios.ts"
import { call, fired, opened, read, started, stopped } from "./rig.ts"
import { webhookScenarios } from "./webhookScenarios.ts"

/** One for every fault: a fault without its scenario does not compile. */
const scenarios: { readonly [Name in FaultName]: Scenario } = {
  ...answerScenarios,
  ...bodyScenarios,
  ...webhookScenarios,
  ...historyScenarios
}

describe("the fault", () => {
  for (const [name, scenario] of Object.entries(scenarios)) {
    it(`${name} fires and does what it says`, async () => {
      const fake = await stopped()
      await scenario(fake)
      assert.isAbove(fake.provider.faults.fired()[name] ?? 0, 0, "the fault never fired")
    })
  }

  it("has a scenario each", () => {
    assert.sameMembers(Object.keys(scenarios), Object.keys(faultKinds))
  })

  it("stands in the README", () => {
    const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8")
    const missing = Object.keys(faultKinds).filter((name) => !readme.includes(`\`${name}\``))
    assert.isEmpty(missing)
  })
})

describe("a rule", () => {
  it("is for the method, path, merchant and reference it names, and for no other", async () => {
    const fake = await started()
    const { id, reference } = await opened(fake)
    const other = await opened(fake)
    const rules = [
      { reference },
      { path: `/v0.1/checkouts/${id}` },
      { reference, method: "get", path: "/v0.1/checkouts/*", merchant: "MPRACTICE1" }
    ]
    const strangers = [
      { method: "DELETE" },
      { path: "/v0.1/checkouts" },
      { merchant: "MPRACTICE2" },
      { reference: other.reference }
    ]
    for (const match of strangers) fake.provider.faults.add({ fault: "500", match })
    assert.strictEqual((await read(fake, id)).status, 200)
    fake.provider.faults.clear()
    for (const match of rules) {
      fake.provider.faults.add({ fault: "500", match })
      assert.strictEqual((await read(fake, other.id)).status, 200)
      assert.strictEqual((await read(fake, id, { lies: true })).status, 500)
      assert.strictEqual((await read(fake, id)).status, 200)
    }
  })

  it("fires from the nth on, so many times, or always", async () => {
    const fake = await started()
    const { id } = await opened(fake)
    const statuses = async (count: number) => {
      const seen: Array<number> = []
      for (let time = 0; time < count; time++) seen.push((await read(fake, id, { lies: true })).status)
      return seen
    }
    fake.provider.faults.add({ fault: "503", match: { nth: 3 }, times: 2 })
    assert.deepEqual(await statuses(6), [200, 200, 503, 503, 200, 200])
    fake.provider.faults.add({ fault: "503", times: "always" })
    assert.deepEqual(await statuses(3), [503, 503, 503])
  })

  it("by chance hits about as many as it says, the same ones for the same seed", async () => {
    const hits = async (seed: number) => {
      const { faults } = (await started({ seed })).provider
      faults.add({ fault: "500", match: { chance: 0.2 }, times: "always" })
      const subject = { method: "GET", path: "/", merchant: undefined, reference: undefined }
      return Array.from({ length: 2000 }, () => faults.due("refuse", subject).length)
    }
    const first = await hits(1)
    assert.approximately(
      first.reduce((sum, hit) => sum + hit, 0),
      400,
      60
    )
    assert.deepEqual(await hits(1), first)
    assert.notDeepEqual(await hits(2), first)
  })

  it("counts only when it changed something", async () => {
    const fake = await started()
    const { id } = await opened(fake)
    for (const fault of ["create-then-504", "list-empty", "no-transaction-id", "stale"] as const) {
      fake.provider.faults.add({ fault })
    }
    assert.strictEqual((await read(fake, id)).status, 200)
    assert.deepEqual(fake.provider.faults.fired(), {})
  })

  it("of a header is for that call alone, and several may be given", async () => {
    const fake = await started()
    const { id } = await opened(fake)
    const fault = "delay;ms=1, wrong;field=currency"
    assert.strictEqual((await read(fake, id, { fault, lies: true })).body["currency"], "EUR")
    assert.strictEqual((await read(fake, id, { fault: "create-then-504" })).status, 200)
    assert.strictEqual((await read(fake, id)).body["currency"], "GBP")
    assert.strictEqual(fake.provider.faults.waiting(), 0)
    assert.deepEqual([fired(fake, "delay"), fired(fake, "wrong"), fired(fake, "create-then-504")], [1, 1, 0])
    const slow = read(fake, id, { fault: "delay;ms=80;effect=none, 500", lies: true })
    await new Promise((resolve) => setTimeout(resolve, 20))
    assert.strictEqual((await read(fake, id)).status, 200)
    assert.strictEqual((await slow).status, 500)
    const unknown = await call(fake, "GET", `/v0.1/checkouts/${id}`, { fault: "nonsense", lies: true })
    assert.strictEqual(unknown.status, 400)
  })

  it("that is spent is forgotten after 20,000 others, its count is not", async () => {
    const fake = await started()
    const { faults } = fake.provider
    const subject = { method: "GET", path: "/", merchant: undefined, reference: "ra-x" }
    for (let count = 0; count < 20_100; count++) {
      faults.add({ fault: "500", match: { reference: "ra-x" } })
      for (const due of faults.due("refuse", subject)) due.fire()
    }
    for (let count = 0; count < 100; count++) {
      faults.retireCall([faults.add({ fault: "503", match: { call: count } }).id])
    }
    assert.lengthOf(faults.list(), 20_000)
    assert.strictEqual(fired(fake, "500"), 20_100)
  })
})
