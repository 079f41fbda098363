import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import { furnishedFolder } from "./cluster.ts"
import { FormClient } from "./formClient.ts"
import { type House, startHouse } from "./house.ts"
import { databaseOf, rows } from "./sql.ts"

const services = ["blog", "market", "events"] as const
const as = (url: string, role: string): string => {
  const other = new URL(url)
  other.username = role
  return other.href
}

describe("the practice services", () => {
  let house: House
  beforeAll(async () => {
    house = await startHouse({ folder: furnishedFolder() })
  }, 90_000)
  afterAll(() => house.dispose(), 60_000)

  it("share the database as log-ins of their own, without a right on the cart's schema", async () => {
    const url = databaseOf(house.folder)
    for (const service of services) await fetch(`${house.urls[service]}/login`, { redirect: "manual" })
    await new FormClient().open(house.urls.market)
    const sessions = await rows<{ role: string }>(
      url,
      "SELECT DISTINCT usename::text AS role FROM pg_stat_activity WHERE application_name = 'rose-ash-practice'"
    )
    assert.include(
      sessions.map(({ role }) => role),
      "market_app"
    )
    assert.notInclude(
      sessions.map(({ role }) => role),
      "postgres"
    )
    for (const service of services) {
      const own = as(url, `${service}_app`)
      assert.deepEqual(await rows(own, "SELECT 1 AS one"), [{ one: 1 }])
      for (const statement of [
        "SELECT count(*) FROM cart.orders",
        "INSERT INTO cart.cart DEFAULT VALUES",
        "DELETE FROM cart.cart_line",
        "SELECT * FROM cart.seller_credential"
      ]) {
        const refused = await rows(own, statement).then(
          () => "allowed",
          ({ message }: Error) => message
        )
        assert.strictEqual(refused, "42501", `${service}: ${statement}`)
      }
    }
  }, 60_000)

  it("send what the cart needs of them: origin told, forms allowed to it and back, no script, no frame", async () => {
    for (const service of services) {
      const { headers } = await fetch(house.urls[service])
      assert.strictEqual(headers.get("referrer-policy"), "strict-origin-when-cross-origin")
      const policy = headers.get("content-security-policy") ?? ""
      assert.include(policy, "default-src 'none'")
      assert.include(policy, "frame-ancestors 'none'")
      assert.notInclude(policy, "script-src")
      assert.match(policy, new RegExp(`form-action 'self' [^;]*${house.urls.cart}`))
    }
  })

  it("live under one name: another name of this machine leads there", async () => {
    const answer = await fetch(`http://127.0.0.1:${house.ports.market}/rose-farm`, { redirect: "manual" })
    assert.strictEqual(answer.headers.get("location"), `${house.urls.market}/rose-farm`)
  })

  it("show prices, what is sold out, and pictures the cart may show as well", async () => {
    const buyer = new FormClient()
    const shop = await buyer.open(house.urls.market)
    assert.include(shop.text, "Plum cake £13.20")
    assert.include(shop.text, "Sold out")
    assert.isFalse(shop.controls.includes("Add Plum cake to cart"))
    assert.isTrue(shop.controls.includes("Add Sourdough loaf to cart"))
    const picture = await fetch(`${house.urls.market}/pictures/rye-crackers.svg`)
    assert.include(picture.headers.get("content-type"), "image/svg+xml")
    assert.strictEqual(picture.headers.get("cross-origin-resource-policy"), "cross-origin")
    await buyer.press("Add Rye crackers to cart")
    const cart = await buyer.open(`${house.urls.cart}/p/ash-bakery`)
    assert.include(cart.body, `${house.urls.market}/pictures/rye-crackers.svg`)
    assert.strictEqual((await buyer.open(`${house.urls.market}/no-such-page`)).status, 404)
  })

  it("know who is logged in, on every service, until the log-out", async () => {
    const ben = new FormClient()
    await ben.open(`${house.urls.market}/rose-farm`)
    await ben.follow("Log in")
    const back = await ben.press("Log in as Ben Barrow")
    assert.strictEqual(back.url.href, `${house.urls.market}/rose-farm`)
    for (const url of [house.urls.blog, house.urls.events, house.urls.cart])
      assert.include((await ben.open(url)).text, "Ben Barrow")
    await ben.open(house.urls.events)
    const gone = await ben.press("Log out")
    assert.notInclude(gone.text, "Ben Barrow")
    assert.notInclude((await ben.open(house.urls.cart)).text, "Ben Barrow")
  })

  it("take no form from elsewhere, and send nobody elsewhere", async () => {
    const login = (headers: { readonly [name: string]: string }, back: string) =>
      fetch(`${house.urls.blog}/login`, {
        method: "POST",
        headers: { "content-type": "application/x-www-form-urlencoded", ...headers },
        body: new URLSearchParams({ person: "ada", return_to: back }).toString(),
        redirect: "manual"
      })
    const foreign = await login({ origin: "https://evil.example" }, house.urls.blog)
    assert.strictEqual(foreign.status, 403)
    assert.isNull(foreign.headers.get("set-cookie"))
    const own = await login({ origin: house.urls.blog }, "https://evil.example/")
    assert.strictEqual(own.headers.get("location"), house.urls.blog)
    assert.match(
      own.headers.get("set-cookie") ?? "",
      /^rose_session=[^;]{43};.* Path=\/;.*HttpOnly; SameSite=Lax$/
    )
  })

  it("show the calendars with the places that are left", async () => {
    const page = await new FormClient().open(house.urls.events)
    assert.match(page.text, /Bread morning Ash Bakery .* £18\.00 2 of 2 left/)
  })
})
