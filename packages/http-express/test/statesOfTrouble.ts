import { StoreUnavailable } from "@rose-ash/cart-domain/health/StoreUnavailable"
import { Effect } from "effect"
import { config } from "./Service.ts"
import type { State } from "./State.ts"
import { bakery } from "./scenes.ts"

const broken = (name: string, h1: string, says: ReadonlyArray<string>, defect: unknown): State => ({
  name,
  h1,
  says,
  stage: async (stage) => {
    await bakery(stage)
    stage.service.meanwhile(() => Effect.die(defect))
    return "/"
  }
})

/** What people see when it is not their fault, or when they ask too often. */
export const troubleStates: ReadonlyArray<State> = [
  broken(
    "trouble-ours",
    "Sorry, there is a problem",
    ["This page has charged nothing.", "Reference "],
    new Error("a defect")
  ),
  broken(
    "trouble-away",
    "We are back in a moment",
    [],
    new StoreUnavailable({ why: "away", operation: "test", code: "08006" })
  ),
  {
    name: "trouble-too-often",
    h1: "Too many tries",
    says: ["Please wait "],
    config: { limits: { ...config.limits, reads: 1 } },
    stage: async ({ browser }) => {
      await browser.open("/")
      return "/"
    }
  }
]
