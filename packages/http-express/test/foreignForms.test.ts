import { describe, expect, it } from "vitest"
import { type Route, routes } from "../src/Routes.ts"
import { examples } from "./paths.ts"
import { publicUrl } from "./Service.ts"
import { start } from "./start.ts"

type Headers = Readonly<Record<string, string>>
/** What a browser says about where a form comes from, and whether that is us or a sibling. */
const origins: ReadonlyArray<readonly [string, Headers, "own" | "sibling" | "foreign"]> = [
  ["our own page", { "sec-fetch-site": "same-origin", origin: publicUrl }, "own"],
  ["our own page, without an origin", { "sec-fetch-site": "same-origin" }, "own"],
  ["an older browser on our page", { origin: publicUrl }, "own"],
  ["a sibling", { "sec-fetch-site": "same-site", origin: "http://market.test" }, "sibling"],
  ["an older browser on a sibling", { origin: "http://market.test" }, "sibling"],
  [
    "a stranger of the same site",
    { "sec-fetch-site": "same-site", origin: "http://evil.market.test" },
    "foreign"
  ],
  ["a stranger", { "sec-fetch-site": "cross-site", origin: "http://evil.test" }, "foreign"],
  ["a stranger that says it is us", { "sec-fetch-site": "cross-site", origin: publicUrl }, "foreign"],
  ["an older browser on a stranger", { origin: "http://evil.test" }, "foreign"],
  ["nobody", {}, "foreign"],
  ["a page without an origin", { origin: "null" }, "foreign"],
  ["a page without an origin, same site", { "sec-fetch-site": "same-site", origin: "null" }, "foreign"],
  ["an address that was typed", { "sec-fetch-site": "none" }, "foreign"],
  ["our origin with a port", { origin: `${publicUrl}:8002` }, "foreign"],
  ["our origin by https", { origin: "https://cart.test" }, "foreign"],
  ["a name that begins like ours", { origin: `${publicUrl}.evil.test` }, "foreign"]
]
const posts = Object.entries<Route>(routes).filter(([, { method }]) => method === "post")
const paths = new Map(Object.entries(examples))
const cells = posts.flatMap(([name, route]) =>
  origins.map(([from, headers, kind]) => ({ name, route, from, headers, kind }))
)

describe("forms", async () => {
  const service = await start()
  const browser = service.browser()

  it.each(cells)("$name takes what it may from $from", async ({ headers, kind, name, route }) => {
    const seen = await browser.send(paths.get(name) ?? "", {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded", ...headers },
      body: "quantity=1"
    })
    const welcome =
      route.forms === "any" || kind === "own" || (kind === "sibling" && route.forms === "siblings")
    expect(seen.status === 403).toBe(!welcome)
    expect(seen.body.includes("This form came from somewhere else")).toBe(!welcome)
  })

  it("only adding to a cart is open to siblings, and only the webhook to everybody", () => {
    const open = posts.filter(([, { forms }]) => forms !== "own").map(([name, { forms }]) => [name, forms])
    expect(open).toEqual([
      ["add", "siblings"],
      ["webhook", "any"]
    ])
  })
})
