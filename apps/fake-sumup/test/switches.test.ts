import { assert, describe, it } from "vitest"
import type { FakeSumUp } from "../src/FakeSumUp.ts"
import type { Switches } from "../src/Switches.ts"
import { paid, stopped } from "./rig.ts"
import {
  afterSession,
  called,
  carries,
  creating,
  deletes,
  duringBank,
  expires,
  forint,
  lags,
  leads,
  limited,
  listed,
  paidPage,
  paysAfterDelete,
  remembers,
  reuses,
  slowly,
  tellsOfExpiry
} from "./switchScenes.ts"

type Look = (fake: FakeSumUp) => Promise<void>

/** For every switch: how it is thrown, what is seen before, what after. */
const looks: { readonly [Name in keyof Switches]: readonly [Switches[Name], Look, Look] } = {
  deleteOfExpired: ["409", async (fake) => deletes(fake, 200), async (fake) => deletes(fake, 409)],
  expiry: ["lazy", async (fake) => expires(fake, "EXPIRED"), async (fake) => expires(fake, "PENDING")],
  reuseOfReference: [true, async (fake) => reuses(fake, 409), async (fake) => reuses(fake, 201)],
  webhookOnExpiry: [false, async (fake) => tellsOfExpiry(fake, 1), async (fake) => tellsOfExpiry(fake, 0)],
  payAfterDelete: [
    true,
    async (fake) => paysAfterDelete(fake, "expired"),
    async (fake) => paysAfterDelete(fake, "paid")
  ],
  statusAfterSession: [
    "EXPIRED",
    async (fake) => afterSession(fake, "PENDING"),
    async (fake) => afterSession(fake, "EXPIRED")
  ],
  deleteDuringBank: ["allowed", async (fake) => duringBank(fake, 409), async (fake) => duringBank(fake, 200)],
  fractionsOfWhole: ["accepted", async (fake) => forint(fake, 400), async (fake) => forint(fake, 201)],
  statusOfForeignMerchant: [
    404,
    async (fake) => assert.strictEqual(await creating(fake, { merchant_code: "MX" }), 403),
    async (fake) => assert.strictEqual(await creating(fake, { merchant_code: "MX" }), 404)
  ],
  statusOfWrongCurrency: [
    403,
    async (fake) => assert.strictEqual(await creating(fake, { currency: "EUR" }), 400),
    async (fake) => assert.strictEqual(await creating(fake, { currency: "EUR" }), 403)
  ],
  descriptionMax: [
    10,
    async (fake) => assert.strictEqual(await creating(fake, { description: "eleven chars" }), 201),
    async (fake) => assert.strictEqual(await creating(fake, { description: "eleven chars" }), 400)
  ],
  bodyOf429: [
    "empty",
    async (fake) => assert.match((await limited(fake)).text, /too-many-requests/),
    async (fake) => assert.strictEqual((await limited(fake)).text, "")
  ],
  listLagSeconds: [30, async (fake) => lags(fake, 1), async (fake) => lags(fake, 0)],
  listKeepsPaid: [
    false,
    async (fake) => assert.strictEqual(await listed(fake, (await paid(fake)).reference), 1),
    async (fake) => assert.strictEqual(await listed(fake, (await paid(fake)).reference), 0)
  ],
  historyDays: [1, async (fake) => remembers(fake, 1), async (fake) => remembers(fake, 0)],
  referenceInTransactions: [false, async (fake) => carries(fake, true), async (fake) => carries(fake, false)],
  autoRedirect: [true, async (fake) => leads(fake, undefined), async (fake) => leads(fake, "return")],
  checkoutIdInRedirect: [
    true,
    async (fake) => assert.notInclude(await paidPage(fake), "checkout_id"),
    async (fake) => assert.include(await paidPage(fake), "?checkout_id=")
  ],
  webhookUrl: [
    "origin",
    async (fake) => assert.match(await called(fake), /token$/),
    async (fake) => assert.strictEqual(await called(fake), "/")
  ],
  webhookTimeoutMs: [
    1,
    async (fake) => assert.strictEqual(await slowly(fake), 204),
    async (fake) => assert.strictEqual(await slowly(fake), "no answer in time")
  ]
}

describe("the switch", () => {
  for (const [name, [value, strictly, otherwise]] of Object.entries(looks)) {
    it(`${name} makes the difference that it is for`, async () => {
      await strictly(await stopped())
      await otherwise(await stopped({ switches: { [name]: value } }))
    })
  }
})
