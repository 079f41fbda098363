import { describe, expect, it } from "vitest"
import { noFacts, problems, sentenceOf } from "../src/problems.ts"
import type { Facts } from "../src/words/en/problems.ts"
import { en } from "../src/words/en.ts"

const tags = Object.keys(problems)
const all: Facts = {
  item: "Rye crackers",
  page: "Ash Bakery",
  contact: "hello@ashbakery.example",
  least: "£1.00",
  most: 10,
  kept: 3,
  number: "RA-7K4M-Q2XD",
  seconds: 40,
  changes: ["Rye crackers is now £4.50 (it was £4.00)."],
  places: "Sat 29 Nov, 10:00",
  letters: true
}

describe("what refusals say", () => {
  it.each(tags)("%s is told in whole sentences, whatever is known", (tag) => {
    for (const facts of [noFacts, all]) {
      const sentence = sentenceOf(en, tag, facts) ?? ""
      expect(sentence).toMatch(/^[A-Z“].*[.]$|^.*Contact: \S+$/)
      expect(sentence).not.toMatch(/null|undefined|NaN|\[object| {2}/)
    }
  })

  it.each([
    ["QuantityTooHigh", "At most 10 per person. Your cart still has 3."],
    ["ItemGone", "Rye crackers is no longer for sale. Remove it to check out."],
    ["CartEmpty", "Your cart for Ash Bakery is empty."],
    ["CartChanged", "Your cart changed while you were looking. Please check it once more."],
    ["PriceRose", "Rye crackers is now £4.50 (it was £4.00). Nothing has been ordered yet."],
    ["EntryTaken", "The place for Sat 29 Nov, 10:00 has just gone. The rest of your cart is kept."],
    ["PageNotPayable", "Ash Bakery is not taking payments online yet. Contact: hello@ashbakery.example"],
    ["OrderPaid", "This order is already paid."],
    ["AttemptStillAlive", "We are still checking your first payment. Please don’t pay again."],
    [
      "PaymentProviderUnavailable",
      "We can’t reach the payment service, so no payment was started. Your order is saved as RA-7K4M-Q2XD. Please try again in a minute."
    ],
    ["TooMany", "Please wait 40 seconds."]
  ])("%s: %s", (tag, sentence) => {
    expect(sentenceOf(en, tag, all)).toBe(sentence)
  })

  it("a code that is no refusal's says nothing", () => {
    for (const code of ["", "added", "toString", "__proto__"]) expect(sentenceOf(en, code, all)).toBeNull()
  })

  it("one is one and two are more", () => {
    const { overview } = en.views
    expect(overview.lead(3, "£41.10")).toBe("3 pages, 3 payments, £41.10 in all.")
    expect(en.problems.TooMany({ ...noFacts, seconds: 1 })).toBe("Please wait 1 second.")
    expect(en.notices.restored(1)).toBe("1 line is in your cart again.")
    expect(en.views.returning.next(2)).toBe("You still have 2 pages to pay:")
  })
})
