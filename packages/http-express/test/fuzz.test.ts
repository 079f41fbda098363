import fc from "fast-check"
import { afterAll, describe, expect, it } from "vitest"
import { routes } from "../src/Routes.ts"
import { Stage } from "./Stage.ts"
import { bakery, paid } from "./scenes.ts"

const runs = 300

const field = fc.constantFrom(
  "page",
  "item",
  "quantity",
  "key",
  "return_to",
  "had",
  "revision",
  "total",
  "email",
  "n",
  "year",
  "after"
)

/** Addresses that are nearly right, and forms that are nearly ours. */
const requests = (ids: ReadonlyArray<string>) => {
  const text = fc.oneof(
    fc.string({ unit: "binary", maxLength: 30 }),
    fc.constantFrom(
      "__proto__",
      "constructor",
      "..",
      "%",
      "%00",
      "\u0000",
      "\u202E",
      "null",
      "-1",
      "1e9",
      "0"
    )
  )
  const known = fc.constantFrom(...ids, "RA-0000-0000", "ash-bakery", "0")
  const part = fc.oneof({ arbitrary: known, weight: 3 }, { arbitrary: text, weight: 1 })
  const paths = fc
    .constantFrom(...Object.values(routes).map(({ path }) => path))
    .chain((pattern) =>
      fc.array(part, { minLength: 2, maxLength: 2 }).map(([a = "", b = ""]) => ({ a, b, pattern }))
    )
    .map(({ a, b, pattern }) => {
      const [first, second] = [a, b].map((one) => encodeURIComponent(one.isWellFormed() ? one : "x"))
      let count = 0
      return pattern.replace(/:\w+/g, () => (count++ === 0 ? (first ?? "") : (second ?? "")))
    })
  const fields = fc.array(fc.tuple(field, fc.oneof(part, fc.constantFrom("1", "12", "form-12345678"))), {
    maxLength: 6
  })
  return { fields, paths }
}

describe("whatever is sent", async () => {
  const stage = await Stage.open()
  afterAll(stage.service.stop)
  const order = await paid(stage)
  const { page, rye } = await bakery(stage)
  const { fields, paths } = requests([page.id, rye, order.number])

  it("is answered with a page of ours, never with a failure of ours", async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom("GET", "POST", "HEAD"), paths, fields, async (method, path, pairs) => {
        const form = new URLSearchParams(pairs).toString()
        const seen = await stage.browser.send(method === "POST" ? path : `${path}?${form}`, {
          method,
          headers: { "sec-fetch-site": "same-origin", "content-type": "application/x-www-form-urlencoded" },
          ...(method === "POST" ? { body: form } : {})
        })
        expect(seen.status).toBeLessThan(500)
        expect(seen.headers["content-security-policy"]).toContain("default-src 'none'")
        if (seen.location !== null) expect(seen.location).toMatch(/^\/(?!\/)|^https:\/\/pay\.example\//)
      }),
      { numRuns: runs }
    )
  })
})
