import type { Answer } from "./Answer.ts"
import type { Call, OperationName } from "./Call.ts"
import { createCheckout, deactivateCheckout, listCheckouts, readCheckout } from "./CheckoutsApi.ts"
import { readHistory } from "./HistoryApi.ts"
import type { Merchant } from "./Merchants.ts"
import type { Provider } from "./Provider.ts"
import { readMerchant, readTransaction, refundTransaction } from "./TransactionsApi.ts"

export interface Operation {
  readonly name: OperationName
  readonly method: "get" | "post" | "delete"
  readonly path: string
  readonly handle: (call: Call, merchant: Merchant, provider: Provider) => Answer | Promise<Answer>
}

/** Every operation of the API that is practised here. */
export const operations: ReadonlyArray<Operation> = [
  { name: "create", method: "post", path: "/v0.1/checkouts", handle: createCheckout },
  { name: "list", method: "get", path: "/v0.1/checkouts", handle: listCheckouts },
  { name: "read", method: "get", path: "/v0.1/checkouts/:checkout", handle: readCheckout },
  { name: "deactivate", method: "delete", path: "/v0.1/checkouts/:checkout", handle: deactivateCheckout },
  { name: "merchant", method: "get", path: "/v1/merchants/:merchant", handle: readMerchant },
  {
    name: "transaction",
    method: "get",
    path: "/v2.1/merchants/:merchant/transactions",
    handle: readTransaction
  },
  {
    name: "history",
    method: "get",
    path: "/v2.1/merchants/:merchant/transactions/history",
    handle: readHistory
  },
  {
    name: "refund",
    method: "post",
    path: "/v1.0/merchants/:merchant/payments/:transaction/refunds",
    handle: refundTransaction
  }
]
