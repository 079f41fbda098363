import { createHash } from "node:crypto"
import { readFileSync } from "node:fs"
import { Ajv, type ValidateFunction } from "ajv"
import addFormats from "ajv-formats"

/** A schema of an object. */
interface Schema {
  required?: ReadonlyArray<string>
  additionalProperties?: boolean
  properties: { [name: string]: { [keyword: string]: unknown } }
}

/** One of its parameters. */
interface Parameter {
  readonly name: string
  readonly in: string
  readonly required?: boolean
}

/** A body of one content type. */
interface Media {
  readonly examples?: { readonly [name: string]: { readonly value: unknown } }
}

/** One operation of the document. */
export interface Operation {
  readonly parameters?: ReadonlyArray<Parameter>
  readonly requestBody?: unknown
  readonly responses: {
    readonly [status: string]: { readonly content?: { readonly [type: string]: Media } }
  }
}

/** As much of the document as is read here. */
export interface ApiDocument {
  readonly paths: { readonly [path: string]: { readonly [method: string]: Operation } }
  readonly components: { readonly schemas: { readonly [name: string]: Schema } }
}

const file = new URL("sumup-openapi.json", import.meta.url)
const text = readFileSync(file, "utf8")

/** The sum of the pinned document, as it is; the README beside it says what it must be. */
export const documentSha256 = createHash("sha256").update(text).digest("hex")
export const pinnedSha256 = /sha256 `([0-9a-f]{64})`/.exec(
  readFileSync(new URL("README.md", import.meta.url), "utf8")
)?.[1]

/** SumUp's document, cut to the operations that are used. */
export const pinned: ApiDocument = JSON.parse(text)

const text64 = { type: "string", maxLength: 64 }
const plainText = { type: "string" }

/** What the document leaves open and nobody may rely on. */
const overlaid = (): ApiDocument => {
  const overlay = structuredClone(pinned)
  const { CheckoutCreateRequest, Checkout, TransactionFull, TransactionHistory } = overlay.components.schemas
  if (!CheckoutCreateRequest || !Checkout || !TransactionFull || !TransactionHistory) {
    throw new Error("The pinned document lacks a schema that is used.")
  }
  CheckoutCreateRequest.properties["checkout_reference"] = text64
  CheckoutCreateRequest.additionalProperties = false
  Object.assign(Checkout.properties, {
    checkout_reference: text64,
    checkout_type: plainText,
    hosted_checkout: { $ref: "#/components/schemas/HostedCheckout" },
    merchant_country: plainText,
    merchant_name: plainText,
    merchant_sandbox: { type: "boolean" },
    pay_to_email: plainText,
    purpose: plainText,
    redirect_url: plainText,
    user_id: plainText
  })
  const money = ["id", "amount", "currency", "status"]
  Checkout.required = [...money, "checkout_reference", "merchant_code", "date", "transactions"]
  TransactionFull.required = [...money, "merchant_code", "simple_status", "transaction_events", "events"]
  TransactionHistory.required = [...money, "transaction_id", "transaction_code", "type"]
  return overlay
}

const compiled = (root: ApiDocument) => {
  // The document has an expression that is illegal under /u.
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false })
  addFormats.default(ajv)
  ajv.addFormat("decimal", true)
  ajv.addSchema(root, "sumup")
  const token = (part: string) => encodeURIComponent(part.replaceAll("~", "~0").replaceAll("/", "~1"))
  return (...pointer: ReadonlyArray<string>): ValidateFunction | undefined =>
    ajv.getSchema(`sumup#/${pointer.map(token).join("/")}`)
}

/** What is asked of bodies: by the document itself, and by the overlay. */
export const layers = { document: compiled(pinned), overlay: compiled(overlaid()) }
