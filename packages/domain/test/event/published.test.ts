import { readdirSync, readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import { expect } from "vitest"
import { CloudEvent, cloudEvent, EventData, Told } from "../../src/event/CloudEvent.ts"
import { asyncApi, dataSchema, eventTypes } from "../../src/event/Published.ts"

const docs = fileURLToPath(new URL("../../../../docs/events/", import.meta.url))
const written = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`
const sample = (type: string): object => JSON.parse(readFileSync(`${docs}samples/${type}.json`, "utf8"))

const readEnvelope = Schema.decodeUnknownSync(CloudEvent)
const readData = Schema.decodeUnknownSync(EventData)
const readTold = Schema.decodeUnknownSync(Told)

/** The sample read into the domain and told again. What the domain does not know is gone by then. */
const again = (type: string) => {
  const { data, dataschema, id, pageid = null, sequence, subject, time } = readEnvelope(sample(type))
  const told = {
    id,
    stream: subject,
    pageId: pageid,
    sequence,
    at: Date.parse(time),
    data: readData({ ...data, _tag: type })
  }
  return cloudEvent(dataschema.slice(0, dataschema.indexOf("/schemas/")), readTold(told))
}

describe("what is published about events", () => {
  it("lists every type there is", () => {
    const union = JSON.stringify(Schema.toJsonSchemaDocument(EventData))
    const tags = Array.from(
      union.matchAll(/"_tag":\{"type":"string","enum":\["([^"]+)"\]\}/g),
      ([, tag]) => tag
    )
    assert.sameMembers([...eventTypes], tags)
  })
  it.each(eventTypes)("the schema of %s is the one that is checked in", async (type) => {
    await expect(written(dataSchema(type))).toMatchFileSnapshot(`${docs}${type}.v1.json`)
    // It stands alone: nothing of it is somewhere else.
    assert.notInclude(written(dataSchema(type)), '"$ref"')
  })
  it("the AsyncAPI document is the one that is checked in", async () => {
    await expect(written(asyncApi())).toMatchFileSnapshot(`${docs}asyncapi.json`)
  })
  it("nothing else lies there", () => {
    const files = readdirSync(docs, { withFileTypes: true }).flatMap((one) =>
      one.isFile() ? [one.name] : []
    )
    assert.sameMembers(files, ["asyncapi.json", ...eventTypes.map((type) => `${type}.v1.json`)])
    assert.sameMembers(
      readdirSync(`${docs}samples`),
      eventTypes.map((type) => `${type}.json`)
    )
  })
  it.each(eventTypes)("the golden sample of %s is told today as it was published", (type) => {
    assert.deepStrictEqual<object>(again(type), sample(type))
  })
})
