/** A body as JSON says it. */
export type GoldenBody = { readonly [key: string]: unknown }

const unauthorized: GoldenBody = {
  detail: "Unauthorized.",
  status: 401,
  title: "Unauthorized",
  trace_id: "3c77294349d3b5647ea2d990f0d8f017",
  type: "https://developer.sumup.com/problem/unauthorized"
}

/** Error bodies as the document gives them; the array is of the documentation. */
export const goldenErrors = {
  unauthorized,
  missing: { message: "Validation error", error_code: "MISSING", param: "merchant_code" },
  invalid: { message: "Validation error", error_code: "INVALID", param: "currency" },
  forbidden: {
    error_message: "request_not_allowed",
    error_code: "FORBIDDEN",
    status_code: "403"
  },
  notFound: { error_code: "NOT_FOUND", message: "Resource not found" },
  duplicated: {
    error_code: "DUPLICATED_CHECKOUT",
    message: "Checkout with this checkout reference and pay to email already exists"
  },
  processed: { error_code: "CHECKOUT_PROCESSED", message: "Checkout is already processed" },
  refundNotFound: {
    type: "https://developer.sumup.com/problem/not-found",
    title: "Not Found",
    status: 404,
    detail: "Transaction not found"
  },
  refundConflict: {
    type: "https://developer.sumup.com/problem/conflict",
    title: "Conflict",
    status: 409,
    detail: "The transaction is not refundable in its current state"
  },
  refundTooHigh: {
    type: "https://developer.sumup.com/problem/unprocessable-entity",
    title: "Unprocessable Entity",
    status: 422,
    detail: "Refund failed.",
    errors: [
      {
        code: "INVALID_AMOUNT",
        detail: "Amount exceeds the refundable amount",
        reason: "amount_too_high",
        max_refundable_amount: 1000
      }
    ]
  },
  refundZero: {
    type: "https://developer.sumup.com/problem/bad-request",
    title: "Bad Request",
    status: 400,
    detail: "amount must be greater than zero"
  }
} as const satisfies { readonly [name: string]: GoldenBody }

/** Captured in May 2026, complete; 201 and GET have the same keys. No return_url, no valid_until was sent. */
export const goldenCreated = {
  amount: 10,
  checkout_reference: "hosted-20260527-1",
  checkout_type: "checkout",
  currency: "EUR",
  date: "2026-05-27T08:45:43.831+00:00",
  description: "Test",
  hosted_checkout: { enabled: true },
  hosted_checkout_url: "https://checkout.sumup.com/pay/c-f96ae737-0000-4000-8000-000000000001",
  id: "f96ae737-0000-4000-8000-000000000001",
  merchant_code: "MTEST001",
  merchant_country: "IT",
  merchant_name: "Test",
  merchant_sandbox: true,
  pay_to_email: "seller@example.org",
  purpose: "CHECKOUT",
  redirect_url: "https://shop.example.org/return",
  status: "PENDING",
  transactions: [],
  user_id: "be51b613-0000-4000-8000-000000000002"
} as const

/** Captured in August 2026 and reduced by their publishers: a key that is absent here proves nothing. */
export const goldenPending = {
  checkout_reference: "reference-pending",
  amount: 12.34,
  currency: "GBP",
  merchant_code: "merchant-sandbox",
  id: "checkout-pending",
  status: "PENDING",
  transactions: []
} as const

export const goldenFailed = {
  checkout_reference: "reference-failed",
  amount: 42.01,
  currency: "GBP",
  merchant_code: "merchant-sandbox",
  id: "checkout-failed",
  status: "FAILED",
  transactions: [
    {
      id: "transaction-failed-1",
      amount: 42.01,
      currency: "GBP",
      status: "FAILED",
      merchant_code: "merchant-sandbox"
    }
  ]
} as const

/** Paid; the same after a full refund. */
export const goldenPaid = {
  checkout_reference: "reference-paid",
  amount: 23.45,
  currency: "GBP",
  merchant_code: "merchant-sandbox",
  id: "checkout-paid",
  status: "PAID",
  transactions: [
    {
      id: "transaction-paid-1",
      amount: 23.45,
      currency: "GBP",
      status: "SUCCESSFUL",
      merchant_code: "merchant-sandbox"
    }
  ],
  transaction_id: "transaction-paid-1"
} as const

/** A transaction after a full refund: only the events tell. */
export const goldenRefundedTransaction = {
  id: "transaction-paid-1",
  amount: 23.45,
  currency: "GBP",
  status: "SUCCESSFUL",
  merchant_code: "merchant-sandbox",
  simple_status: "SUCCESSFUL",
  transaction_events: [
    { event_type: "PAYOUT", status: "PENDING", amount: 22.88 },
    { event_type: "REFUND", status: "REFUNDED", amount: 23.45 }
  ],
  events: [
    { type: "PAYOUT", status: "SCHEDULED", amount: 22.88 },
    { type: "REFUND", status: "REFUNDED", amount: 23.45 }
  ]
} as const

/** History after a full refund. */
export const goldenHistory = {
  items: [
    {
      id: "transaction-paid-1",
      transaction_id: "transaction-paid-1",
      transaction_code: "transaction-code-paid-1",
      amount: 23.45,
      currency: "GBP",
      status: "SUCCESSFUL",
      type: "PAYMENT",
      refunded_amount: 23.45
    },
    {
      id: "transaction-history-2",
      transaction_id: "transaction-paid-1",
      transaction_code: "transaction-code-paid-1",
      amount: 23.45,
      currency: "GBP",
      status: "REFUNDED",
      type: "REFUND"
    }
  ]
} as const
