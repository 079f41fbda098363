import { createHmac } from "node:crypto"
import { assert, describe, it } from "@effect/vitest"
import { Redacted } from "effect"
import * as fc from "fast-check"
import { headerNames, sign, toleranceSeconds, verify } from "../src/events/Signature.ts"

const key = (name: string) => Redacted.make(`practice-key-of-${name}-that-is-long-enough`)
const [one, two, three] = [key("one"), key("two"), key("three")]
const message = { id: "an-event.1", timestamp: 1_700_000_000, body: '{"a":"ü"}' }
const now = message.timestamp * 1000

const shown = (headers: { readonly [name: string]: string }, body: string | Uint8Array = message.body) => ({
  header: (name: string) => headers[name],
  body,
  now
})
const flipped = (text: string, at: number) =>
  `${text.slice(0, at)}${text[at] === "A" ? "B" : "A"}${text.slice(at + 1)}`

describe("a signature", () => {
  it("is what Standard Webhooks say: id, time and body under HMAC-SHA256, base64 after v1", () => {
    const mac = createHmac("sha256", Redacted.value(one)).update('an-event.1.1700000000.{"a":"ü"}', "utf8")
    assert.deepStrictEqual(sign([one], message), {
      "webhook-id": "an-event.1",
      "webhook-timestamp": "1700000000",
      "webhook-signature": `v1,${mac.digest("base64")}`
    })
  })
  it("takes a secret that begins with whsec_ as base64", () => {
    const text = "practice-key-in-bytes-of-24"
    const written = Redacted.make(`whsec_${Buffer.from(text).toString("base64")}`)
    assert.deepStrictEqual(sign([written], message), sign([Redacted.make(text)], message))
  })
  it("is believed when any live key of the one meets any live key of the other", () => {
    for (const [theirs, ours] of [
      [[one], [one]],
      [[two, one], [one]],
      [[one], [two, one]],
      [
        [one, two],
        [two, three]
      ]
    ] as const) {
      assert.deepStrictEqual(verify(ours, shown(sign(theirs, message))), { id: message.id })
    }
    assert.deepStrictEqual(verify([three], shown(sign([one, two], message))), { doubt: "forged" })
    assert.deepStrictEqual(verify([], shown(sign([one], message))), { doubt: "forged" })
  })
  it("covers id, time and every byte of the body", () => {
    void fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.nat(), (body, n) => {
        const signed = sign([one], { ...message, body })
        const bytes = Buffer.from(body, "utf8")
        const changed = Buffer.from(bytes)
        const at = n % bytes.length
        changed[at] = (changed[at] ?? 0) ^ 1
        assert.deepStrictEqual(verify([one], shown(signed, bytes)), { id: message.id })
        assert.deepStrictEqual(verify([one], shown(signed, changed)), { doubt: "forged" })
      })
    )
    const signed = sign([one], message)
    for (const change of [{ [headerNames.id]: "an-event.2" }, { [headerNames.timestamp]: "1700000001" }])
      assert.deepStrictEqual(verify([one], shown({ ...signed, ...change })), { doubt: "forged" })
    const signature = signed[headerNames.signature] ?? ""
    for (let at = 3; at < signature.length - 2; at += 5)
      assert.deepStrictEqual(
        verify([one], shown({ ...signed, [headerNames.signature]: flipped(signature, at) })),
        { doubt: "forged" }
      )
  })
  it("is good for five minutes before and after, and no second longer", () => {
    const signed = shown(sign([one], message))
    for (const seconds of [toleranceSeconds, -toleranceSeconds])
      assert.deepStrictEqual(verify([one], { ...signed, now: now + seconds * 1000 }), { id: message.id })
    for (const seconds of [toleranceSeconds + 1, -toleranceSeconds - 1])
      assert.deepStrictEqual(verify([one], { ...signed, now: now + seconds * 1000 }), { doubt: "stale" })
  })
  it("is no proof where a part of it is missing or is nothing like it", () => {
    const signed = sign([one], message)
    for (const name of Object.values(headerNames)) {
      const { [name]: _, ...rest } = signed
      assert.deepStrictEqual(verify([one], shown(rest)), { doubt: "unsigned" }, name)
    }
    for (const change of [
      { [headerNames.timestamp]: "1700000000.5" },
      { [headerNames.timestamp]: "-1" },
      { [headerNames.timestamp]: "1e9" },
      { [headerNames.id]: "a b" },
      { [headerNames.id]: "x".repeat(201) },
      { [headerNames.signature]: "v2,AAAA" },
      { [headerNames.signature]: "" }
    ])
      assert.deepStrictEqual(verify([one], shown({ ...signed, ...change })), { doubt: "unsigned" })
    assert.deepStrictEqual(verify([one], shown({ ...signed, [headerNames.signature]: "v1," })), {
      doubt: "forged"
    })
  })
})
