import type { Answer } from "./Answer.ts"
import type { Call } from "./Api.ts"
import type { Checkout } from "./Checkout.ts"
import type { FaultRule } from "./Faults.ts"
import type { JsonObject } from "./json.ts"
import type { Provider } from "./Provider.ts"
import type { WebhookPlan } from "./Webhooks.ts"

/** When in the life of a call, a payment or a webhook a fault is asked for. */
export type Stage =
  | "early" // before a call is handled
  | "refuse" // instead of handling it
  | "create" // while a checkout is created
  | "refund" // while a refund is made
  | "body" // the true answer, changed
  | "answer" // the way the answer is sent
  | "late" // before it is sent
  | "webhook" // a change is announced
  | "page" // the buyer presses Pay
  | "closed" // a checkout expired or was deactivated
  | "paid" // a payment succeeded

interface Due {
  readonly due: FaultRule
  readonly provider: Provider
}

/** A call and its answer: none yet when the call is refused. */
export type Struck = Due & { readonly call: Call; readonly answer: Answer | undefined }

/** What is answered; undefined: there is nothing here that the fault could change. */
export type Answering = (struck: Struck) => Answer | undefined

/** What becomes of an announcement. */
type Telling = (told: Due & { readonly checkout: Checkout }) => Partial<WebhookPlan>

export interface FaultKind {
  readonly stages: (given: JsonObject) => ReadonlyArray<Stage>
  /** The names of its parameters. */
  readonly parameters: ReadonlyArray<string>
  readonly answer?: Answering
  readonly webhook?: Telling
}

/** A fault whose effect is made where it is asked for. */
export const at = (stage: Stage, ...parameters: ReadonlyArray<string>): FaultKind => {
  return { stages: () => [stage], parameters }
}

/** A fault that answers at this stage. */
export const answering =
  (stage: "refuse" | "body" | "answer") =>
  (answer: Answering, ...parameters: ReadonlyArray<string>): FaultKind => ({
    ...at(stage, ...parameters),
    answer
  })

/** A fault that announces a change otherwise. */
export const telling = (webhook: Telling, ...parameters: ReadonlyArray<string>): FaultKind => {
  return { ...at("webhook", ...parameters), webhook }
}
