import { spawnSync } from "node:child_process"
import { randomUUID } from "node:crypto"
import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import { compiled } from "./compiled.ts"
import { OwnHouse } from "./ownHouse.ts"
import { rows } from "./sql.ts"

const root = new URL("../../..", import.meta.url)

/** Events of some streams, three each, as decisions write them; no two statements at the same time. */
const write = async (url: string, streams: ReadonlyArray<string>): Promise<void> => {
  for (const sequence of [1, 2, 3])
    for (const stream of streams)
      await rows(
        url,
        `INSERT INTO cart.event (id, stream, seq, type, at, data) VALUES ('${stream}.${sequence}', '${stream}',
          ${sequence}, 'cart.adopted', now(), '{"customerId": "ada", "lines": 1, "entries": 0, "orders": 0}')`
      )
}

const events = async (url: string) =>
  (await rows<{ id: string }>(url, "SELECT id FROM cart.event ORDER BY id")).map(({ id }) => id)
/** What the blog wrote down: its table's key is the event's id, so a second time would have failed. */
const heard = (url: string) =>
  rows<{ id: string; sequence: number; subject: string }>(
    url,
    "SELECT id, sequence, subject FROM blog.cart_event ORDER BY told_at"
  )
const waiting = async (url: string) =>
  (await rows<{ n: number }>(url, "SELECT count(*)::int AS n FROM cart.delivery"))[0]?.n ?? -1

const until = async (done: () => Promise<boolean>, within = 45_000): Promise<void> => {
  const deadline = Date.now() + within
  while (!(await done())) {
    if (Date.now() > deadline) throw new Error("It did not come to it")
    await new Promise((resolve) => setTimeout(resolve, 150))
  }
}
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

describe("telling, whoever dies", () => {
  let house: OwnHouse
  beforeAll(async () => {
    house = await OwnHouse.open()
  }, 90_000)
  afterAll(() => house.close(), 60_000)

  /** What an operator types: its exit code and what it prints. */
  const operate = (...words: ReadonlyArray<string>) => {
    const { status, stderr, stdout } = spawnSync(
      process.execPath,
      ["--conditions=@rose-ash/source", "apps/cart-service/src/main.ts", "events", ...words],
      {
        cwd: root,
        encoding: "utf8",
        env: {
          ...process.env,
          ...compiled,
          NODE_ENV: "",
          DATABASE_URL: house.databaseUrl,
          SECRET_KEY: "practice-secret-of-the-tests-32-bytes-long"
        }
      }
    )
    return {
      status,
      said: stdout.split("\n").filter((line) => line !== "" && !line.startsWith('{"time"')),
      stderr
    }
  }

  it("loses no event and doubles none while relay and sibling are killed again and again", async () => {
    const url = house.databaseUrl
    const streams = Array.from({ length: 40 }, () => randomUUID())
    const writing = write(url, streams)
    let busy = 0
    for (const wait of [150, 600, 300]) {
      await pause(wait)
      busy += (await waiting(url)) > 0 ? 1 : 0
      await house.killCart()
      await house.startCart()
      await pause(wait)
      await house.killCooperative()
    }
    await writing
    assert.isAtLeast(busy, 1, "it died while there was something to tell")
    // The leases of the dead would pass in half a minute; nobody needs to wait for that.
    await rows(url, "UPDATE cart.delivery SET due_at = now() WHERE due_at > now()")
    await until(async () => (await waiting(url)) === 0)
    const told = await heard(url)
    assert.sameMembers(
      told.map(({ id }) => id),
      await events(url)
    )
    assert.lengthOf(told, streams.length * 3)
    for (const stream of streams)
      assert.deepEqual(
        told.filter(({ subject }) => subject === stream).map(({ sequence }) => sequence),
        [1, 2, 3]
      )
  }, 120_000)

  it("lets an operator see what was given up, redrive it, tell it again, and retire a consumer", async () => {
    const url = house.databaseUrl
    const [stream = ""] = [randomUUID()]
    await rows(url, "INSERT INTO cart.consumer (name) VALUES ('elsewhere')")
    await write(url, [stream])
    await rows(
      url,
      "UPDATE cart.delivery SET dead_at = now(), tries = 20, last_error = 'answered 500' WHERE consumer = 'elsewhere' AND seq = 1"
    )
    const dead = operate("dead")
    assert.strictEqual(dead.status, 0, dead.stderr)
    assert.deepInclude(JSON.parse(dead.said[0] ?? ""), {
      consumer: "elsewhere",
      eventId: `${stream}.1`,
      tries: 20,
      reason: "answered 500"
    })
    assert.deepEqual(operate("redrive", "blog").said, ["0 deliveries and 0 messages are due again"])
    assert.deepEqual(operate("redrive").said, ["1 deliveries and 0 messages are due again"])
    assert.deepEqual(operate("dead").said, [])
    await until(async () => (await heard(url)).some(({ id }) => id === `${stream}.3`))
    assert.deepEqual(operate("replay", "elsewhere", stream).said, ["0 events are told again"])
    assert.deepEqual(operate("replay", "blog", stream).said, ["3 events are told again"])
    assert.deepEqual(operate("replay", "blog", "2020-01-01T00:00:00Z", "2020-01-02T00:00:00Z").said, [
      "0 events are told again"
    ])
    assert.deepEqual(operate("retire", "elsewhere").said, ["3 deliveries are dropped"])
    await until(async () => (await waiting(url)) === 0)
    const told = (await heard(url)).filter(({ subject }) => subject === stream)
    assert.lengthOf(told, 3, "what was told again is told apart by its id")
  }, 120_000)

  it("tells an operator who mistypes what there is", () => {
    for (const words of [["redo"], ["replay", "blog", "yesterday"]]) {
      const { status, stderr } = operate(...words)
      assert.strictEqual(status, 1)
      assert.include(stderr, "events replay CONSUMER SINCE [UNTIL]")
    }
  }, 60_000)
})
