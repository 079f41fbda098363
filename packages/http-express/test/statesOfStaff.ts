import { type Difference, Differences } from "@rose-ash/cart-domain/checkout/Differences"
import type { CaseReason } from "@rose-ash/cart-domain/payment/Payment"
import type { PageId } from "@rose-ash/cart-domain/text/Ids"
import { Instant } from "@rose-ash/cart-domain/time/Instant"
import { Effect, Redacted } from "effect"
import type { Stage } from "./Stage.ts"
import type { State } from "./State.ts"
import { expired, ordered, paid, withCase } from "./scenes.ts"

/** The browser is from now on that of somebody who answers for these pages. */
export const attends = async (stage: Stage, pages: ReadonlyArray<PageId>, treasurer = false) => {
  const { session } = await stage.seeds((seeds) =>
    seeds.person({ name: "Ada Ashworth", staff: { pages, treasurer } })
  )
  stage.browser.jar.set("rose_session", Redacted.value(session))
}

const cased = (
  name: string,
  reason: CaseReason,
  says: ReadonlyArray<string>,
  never: ReadonlyArray<string>
) => ({
  name: `staff-case-${name}`,
  h1: "Money that needs you",
  says: ["Check with SumUp now", ...says],
  never,
  stage: async (stage: Stage) => {
    const order = await withCase(stage, await (reason === "late" ? expired : ordered)(stage), reason)
    await attends(stage, [order.pageId])
    return "/staff/attention"
  }
})

export const staffStates: ReadonlyArray<State> = [
  {
    name: "staff-nothing-open",
    h1: "Money that needs you",
    says: ["Nothing needs you: all money is where it belongs.", "All pages"],
    stage: async (stage) => {
      await stage.page({ name: "Rose Farm" })
      await paid(stage)
      await attends(stage, [], true)
      return "/staff/attention"
    }
  },
  {
    name: "staff-books-differ",
    h1: "Money that needs you",
    says: [
      "SumUp shows £12.40 under ra-lost, an order that we do not know.",
      "Somebody has paid, and there is no order.",
      "Say what became of it"
    ],
    never: ["Nothing needs you"],
    stage: async (stage) => {
      const { pageId } = await paid(stage)
      const difference: Difference = {
        id: "orphan:transaction-lost",
        pageId,
        kind: "orphan",
        transactionId: "transaction-lost",
        reference: "ra-lost",
        minor: 1240,
        currency: "GBP",
        foundAt: Instant.make(1_700_000_000_000)
      }
      await stage.service.run(Effect.flatMap(Differences, (all) => all.put(difference)))
      await attends(stage, [pageId])
      return "/staff/attention"
    }
  },
  cased(
    "late",
    "late",
    ["£13.20 came after the order had ended.", "Accept the payment", "Send money back", "Close it"],
    ["Record cash"]
  ),
  cased(
    "mismatch",
    "mismatch",
    ["£1.00 came, and it does not agree with what was asked for.", "Send money back"],
    ["Accept the payment"]
  ),
  {
    name: "staff-order-waiting",
    h1: "Money of order RA-",
    says: [
      "Nothing about this order’s money is open.",
      "Record cash or a bank transfer",
      "Call the order off"
    ],
    never: ["Send money back"],
    stage: async (stage) => {
      const { number, pageId } = await ordered(stage)
      await attends(stage, [pageId])
      return `/staff/orders/${number}`
    }
  },
  {
    name: "staff-order-paid",
    h1: "Money of order RA-",
    says: ["Send money back", "Amount in GBP", "Call the order off"],
    never: ["Record cash"],
    stage: async (stage) => {
      const { number, pageId } = await paid(stage)
      await attends(stage, [pageId])
      return `/staff/orders/${number}`
    }
  }
]
