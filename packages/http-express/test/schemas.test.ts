import { readFileSync } from "node:fs"
import { cloudEvent } from "@rose-ash/cart-domain/event/CloudEvent"
import { eventTypes } from "@rose-ash/cart-domain/event/Published"
import { OrderNumber } from "@rose-ash/cart-domain/text/Ids"
import { describe, expect, it } from "vitest"
import { publicUrl } from "./Service.ts"
import { start } from "./start.ts"

const checkedIn = (type: string): string =>
  readFileSync(new URL(`../../../docs/events/${type}.v1.json`, import.meta.url), "utf8")

describe("schemas of events", async () => {
  const browser = (await start()).browser()

  it.each(eventTypes)("%s is found by anybody, as it is checked in", async (type) => {
    const seen = await browser.send(`/schemas/events/${type}.v1.json`)
    expect([seen.status, seen.headers["content-type"]]).toEqual([
      200,
      "application/schema+json; charset=utf-8"
    ])
    expect(seen.headers["cache-control"]).toBe("public, max-age=3600")
    expect(seen.body).toBe(checkedIn(type))
  })
  it("an event names the address at which its schema is", async () => {
    const data = { _tag: "order.expired", number: OrderNumber.make("RA-7K4M-Q2XD") } as const
    const { dataschema } = cloudEvent(publicUrl, {
      id: "e",
      stream: "o",
      pageId: null,
      sequence: 1,
      at: 0,
      data
    })
    const { pathname } = new URL(dataschema)
    expect((await browser.send(pathname)).body).toBe(checkedIn("order.expired"))
  })
  it("a kind or a version that nobody published is not found", async () => {
    for (const name of ["order.paid.v2.json", "order.paid", "toString.v1.json", "..%2Forder.paid.v1.json"])
      expect([name, (await browser.send(`/schemas/events/${name}`)).status]).toEqual([name, 404])
  })
})
