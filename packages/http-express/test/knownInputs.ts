import { messages, SiblingMessage } from "@rose-ash/cart-client/events/SiblingMessage"
import { headerNames } from "@rose-ash/cart-client/events/Signature"
import * as forms from "../src/forms.ts"
import { decodeNotice, Notice } from "../src/Notice.ts"
import { problems } from "../src/problems.ts"

const get = (of: unknown, name: string): unknown =>
  (typeof of === "object" && of !== null) || typeof of === "function" ? Reflect.get(of, name) : undefined

/** The names of a struct's fields, or of every struct in a union. */
const fieldsOf = (schema: unknown): ReadonlyArray<string> => {
  const members = get(schema, "members")
  if (Array.isArray(members)) return members.flatMap(fieldsOf)
  const fields = get(schema, "fields")
  return typeof fields === "object" && fields !== null ? Object.keys(fields) : []
}

/** Every field of every form and query that the schemas know, whichever route reads it. */
export const formFields = [...new Set(Object.values(forms).flatMap(fieldsOf))].toSorted()
export const messageFields = fieldsOf(SiblingMessage)
export const messageNames = Object.keys(messages)
export const dataFields = [...new Set(Object.values(messages).flatMap(fieldsOf))]
export const noticeFields = fieldsOf(Notice)
export const refusals = Object.keys(problems)
export const signatureHeaders = Object.values(headerNames)

/** Whether a form that led on was refused all the same: its notice names a refusal. */
export const isRefusal = (notice: string | undefined): boolean =>
  refusals.includes(decodeNotice(notice)?.code ?? "")
