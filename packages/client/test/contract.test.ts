import { readdirSync, readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { assert, describe, it } from "@effect/vitest"
import { Ajv2020 } from "ajv/dist/2020.js"
import formats from "ajv-formats"
import { expect } from "vitest"
import { openApi } from "../src/contract/CartApi.ts"
import { eventData, isKnownType, readEvent } from "../src/events/CartEvent.ts"
import { messages } from "../src/events/SiblingMessage.ts"

const docs = fileURLToPath(new URL("../../../docs/", import.meta.url))
const read = (path: string) => JSON.parse(readFileSync(`${docs}${path}`, "utf8"))
const samples = readdirSync(`${docs}events/samples`)

describe("the contract", () => {
  it("its OpenAPI document is the one that is checked in", async () => {
    await expect(`${JSON.stringify(openApi(), null, 2)}\n`).toMatchFileSnapshot(`${docs}api/openapi.json`)
  })
  it("its OpenAPI document is of version 3.1 and names every address once", () => {
    const { openapi, paths } = openApi()
    assert.match(openapi, /^3\.1\./)
    assert.sameMembers(Object.keys(paths), [
      "/internal/cart/summary",
      "/internal/orders/{id}",
      "/internal/orders/{id}/entries",
      "/internal/events",
      "/internal/metrics",
      "/internal/openapi.json"
    ])
  })
})

describe("golden samples of events", () => {
  const ajv = formats.default(new Ajv2020({ strict: true, allErrors: true, keywords: ["components"] }))
  const { channels, components } = read("events/asyncapi.json")

  it("there is one of every kind that this version knows, and none that it does not", () => {
    assert.sameMembers(
      samples,
      Object.keys(eventData).map((type) => `${type}.json`)
    )
    assert.sameMembers(Object.keys(channels.told.messages), Object.keys(eventData))
    assert.sameMembers(Object.keys(channels.heard.messages), Object.keys(messages))
  })
  it.each(samples)("%s is read whole: no field of it is lost", (name) => {
    const sample = read(`events/samples/${name}`)
    const event = readEvent(sample)
    if (event === null || "unknownType" in event) return assert.fail("not read")
    const { datacontenttype: _, ...told } = sample
    assert.deepStrictEqual<unknown>(JSON.parse(JSON.stringify(event)), told)
  })
  it.each(samples)("%s is as its published schema says", (name) => {
    const { data, type } = read(`events/samples/${name}`)
    const validate = ajv.compile(read(`events/${type}.v1.json`))
    assert.isTrue(validate(data), JSON.stringify(validate.errors))
    for (const field of Object.keys(data)) {
      const { [field]: __, ...less } = data
      assert.isFalse(validate(less), `${field} may be missing`)
    }
  })
  it.each(samples)("%s is as the AsyncAPI document says", (name) => {
    const sample = read(`events/samples/${name}`)
    const { payload } = components.messages[sample.type]
    const validate = ajv.compile({ ...payload, components: { schemas: components.schemas } })
    assert.isTrue(validate(sample), JSON.stringify(validate.errors))
    assert.isFalse(validate({ ...sample, specversion: "0.3" }))
    assert.isFalse(validate({ ...sample, data: {} }))
  })
  it("a kind is known by its own name alone", () => {
    for (const name of ["toString", "__proto__", "constructor", "order.shipped", ""])
      assert.isFalse(isKnownType(name), name)
  })
})
