import type { Checkout } from "./Checkout.ts"
import type { Subject } from "./FaultMatch.ts"
import type { Json } from "./json.ts"
import type { Merchant } from "./Merchants.ts"
import type { Transaction } from "./Transaction.ts"

export type OperationName =
  | "create"
  | "read"
  | "list"
  | "deactivate"
  | "merchant"
  | "transaction"
  | "history"
  | "refund"

/** One call of the API, and whatever it is about. */
export interface Call {
  readonly operation: OperationName
  readonly params: { readonly [name: string]: string | undefined }
  readonly query: URLSearchParams
  /** The body as it came, and what it says; undefined when it is not JSON. */
  readonly body: string
  readonly json: Json | undefined
  readonly key: string | undefined
  readonly merchant: Merchant | undefined
  /** The checkout its path names, whoever it belongs to. */
  readonly checkout: Checkout | undefined
  /** The transaction its path or query names. */
  readonly transaction: Transaction | undefined
  readonly subject: Subject
}
