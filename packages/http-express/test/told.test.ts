import { gzipSync } from "node:zlib"
import { makeCart } from "@rose-ash/cart-client/CartClient"
import { sign } from "@rose-ash/cart-client/events/Signature"
import { World } from "@rose-ash/cart-domain/testing/World"
import { Effect, HashMap, Metric, Redacted } from "effect"
import { describe, expect, it } from "vitest"
import { internal, keyOf, signingKeyOf } from "./internal.ts"
import { start } from "./start.ts"

const session = "0".repeat(64)
const loggedIn = (id: string, change: object = {}) => ({
  specversion: "1.0",
  id,
  source: "/blog",
  type: "user.logged_in",
  data: { user_id: "ada", session },
  ...change
})

describe("what siblings tell", async () => {
  const service = await start({ internal })
  const now = () => Math.floor(Date.now() / 1000)

  const send = (body: string | Buffer, headers: Readonly<Record<string, string>>) =>
    service.browser().send("/internal/events", { method: "POST", headers, body })
  const tell = (
    message: { readonly id: string } | string,
    { by = signingKeyOf("blog"), id, at = now() }: { by?: string; id?: string; at?: number } = {}
  ) => {
    const body = typeof message === "string" ? message : JSON.stringify(message)
    const named = id ?? (typeof message === "string" ? "m" : message.id)
    return send(body, {
      "content-type": "application/cloudevents+json",
      ...sign([Redacted.make(by)], { id: named, timestamp: at, body })
    })
  }
  const kept = async () => {
    const { inbox } = await service.run(Effect.flatMap(World, ({ peek }) => peek))
    return HashMap.toValues(inbox)
  }
  const counts = async () => {
    const all = await service.run(Metric.snapshot)
    const found = all.filter(({ id }) => id === "cart_messages_told_total")
    return new Map(
      found.map(({ attributes, state }) => [
        `${attributes?.["source"]} ${attributes?.["outcome"]}`,
        "count" in state ? Number(state.count) : 0
      ])
    )
  }
  /** By how much a count grew meanwhile. */
  const growth = async (name: string, during: () => Promise<unknown>) => {
    const before = (await counts()).get(name) ?? 0
    await during()
    return ((await counts()).get(name) ?? 0) - before
  }

  it("is kept once, however often it is told, and both answers say so", async () => {
    const first = await tell(loggedIn("m1"))
    expect([first.status, JSON.parse(first.body)]).toEqual([202, { heard: "now" }])
    const again = await tell(loggedIn("m1", { type: "user.deleted" }))
    expect([again.status, JSON.parse(again.body)]).toEqual([202, { heard: "before" }])
    const rows = (await kept()).filter(({ message }) => message.id === "m1")
    expect(rows.map(({ message }) => message)).toEqual([
      { source: "blog", id: "m1", type: "user.logged_in", data: { user_id: "ada", session } }
    ])
    expect(await growth("blog before", () => tell(loggedIn("m1")))).toBe(1)
  })
  it("is taken under the older key too, and of a kind that nobody knows", async () => {
    expect((await tell(loggedIn("m2"), { by: signingKeyOf("blog", "old") })).status).toBe(202)
    expect((await tell(loggedIn("m3", { type: "user.renamed", traceparent: "00-x" }))).status).toBe(202)
    expect((await kept()).map(({ message }) => message.id)).toEqual(expect.arrayContaining(["m2", "m3"]))
  })
  it("is believed only when it is signed, fresh and whole", async () => {
    const size = (await kept()).length
    const body = JSON.stringify(loggedIn("m4"))
    const wrong: ReadonlyArray<readonly [string, () => Promise<{ readonly status: number }>]> = [
      ["unknown unsigned", () => send(body, {})],
      ["unknown unsigned", () => send(body, { authorization: `Bearer ${keyOf("blog")}` })],
      ["unknown forged", () => tell(loggedIn("m4"), { by: keyOf("blog") })],
      ["unknown forged", () => tell(loggedIn("m4"), { by: "practice-key-of-a-stranger" })],
      ["unknown stale", () => tell(loggedIn("m4"), { at: now() - 301 })],
      ["unknown stale", () => tell(loggedIn("m4"), { at: now() + 310 })],
      [
        "unknown forged",
        () =>
          send(`${body} `, sign([Redacted.make(signingKeyOf("blog"))], { id: "m4", timestamp: now(), body }))
      ]
    ]
    for (const [count, act] of wrong)
      expect([
        count,
        await growth(count, async () => expect([count, (await act()).status]).toEqual([count, 401]))
      ]).toEqual([count, 1])
    expect(await kept()).toHaveLength(size)
  })
  it("speaks for its own sibling alone", async () => {
    for (const by of [signingKeyOf("events"), signingKeyOf("events", "old")])
      expect((await tell(loggedIn("m5"), { by })).status).toBe(403)
    expect((await tell(loggedIn("m5", { source: "/market" }))).status).toBe(403)
    expect(await growth("events foreign", () => tell(loggedIn("m5"), { by: signingKeyOf("events") }))).toBe(1)
    expect((await tell(loggedIn("m5", { source: "/events" }), { by: signingKeyOf("events") })).status).toBe(
      202
    )
  })
  it("that cannot be read is refused: another version, nonsense, a name that is not the signed one", async () => {
    const size = (await kept()).length
    for (const change of [
      { specversion: "0.3" },
      { specversion: "2.0" },
      { source: "/cart" },
      { type: "User.LoggedIn" },
      { type: "" },
      { id: "" },
      { id: "x".repeat(101) },
      { id: "a b" },
      { data: null },
      { data: "text" },
      { data: { user_id: "a\u0000b" } },
      { data: { user_id: "\ud800" } },
      { data: { list: [{ "\udc00": 1 }] } }
    ])
      expect([change, (await tell(loggedIn("m6", change), { id: "m6" })).status]).toEqual([change, 400])
    for (const body of ["", "{", "null", "[]", '"m"', "\u0000"])
      expect([body, (await tell(body)).status]).toEqual([body, 400])
    expect((await tell(loggedIn("m6"), { id: "m7" })).status).toBe(400)
    const deep = `{"a":${"[".repeat(7000)}${"]".repeat(7000)}}`
    expect(
      (
        await tell(JSON.stringify(loggedIn("m6", { data: 0 })).replace('"data":0', `"data":${deep}`), {
          id: "m6"
        })
      ).status
    ).toBe(400)
    // Written as letters it is a word like any other.
    expect((await tell(loggedIn("m6b", { data: { text: "\\u0000 \\ud800 🌹" } }))).status).toBe(202)
    expect(await kept()).toHaveLength(size + 1)
  })
  it("that is too large is refused, whether or not it is signed, and so is what comes packed", async () => {
    const padding = "x".repeat(16_400)
    expect((await tell(loggedIn("m8", { data: { padding } }))).status).toBe(413)
    expect((await send(padding, {})).status).toBe(413)
    const body = JSON.stringify(loggedIn("m8"))
    const signed = sign([Redacted.make(signingKeyOf("blog"))], { id: "m8", timestamp: now(), body })
    expect((await send(gzipSync(body), { ...signed, "content-encoding": "gzip" })).status).toBe(400)
    expect((await kept()).some(({ message }) => message.id === "m8")).toBe(false)
  })
  it("is what the client tells", async () => {
    const url = `http://127.0.0.1:${service.port}`
    const tells = { as: "blog", keys: [signingKeyOf("blog")] } as const
    const cart = makeCart({ url, key: keyOf("blog"), tells, deadline: 3000 })
    const happening = { id: "m9", type: "user.logged_in", data: { user_id: "ada", session } } as const
    expect(await cart.tell(happening)).toEqual({ ok: true, value: "now" })
    expect(await cart.tell(happening)).toEqual({ ok: true, value: "before" })
    const other = makeCart({ url, key: keyOf("blog"), tells: { ...tells, as: "market" }, deadline: 3000 })
    expect(await other.tell({ ...happening, id: "m10" })).toEqual({ ok: false, why: "refused" })
  })
})
