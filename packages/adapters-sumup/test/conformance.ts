import { layers, type Operation, pinned } from "./pinnedDocument.ts"

/** A request as it goes over the wire; `path` with its query. */
export interface WireRequest {
  readonly method: string
  readonly path: string
  /** The parsed body; undefined when there was none. */
  readonly body?: unknown
}

/** An answer as it came over the wire; the body parsed, or the text itself when it is not JSON. */
export interface WireAnswer {
  readonly status: number
  readonly body: unknown
}

/** An answer that is not in the document and yet may come. */
export interface Allowance {
  /** The operation, like "post /v0.1/checkouts"; any when absent. */
  readonly operation?: string
  readonly status: number
  readonly why: string
}

interface Found {
  readonly name: string
  readonly path: string
  readonly method: string
  readonly operation: Operation
}

const template = (path: string): RegExp => new RegExp(`^${path.replaceAll(/\{[^}]+\}/g, "[^/]+")}$`)

/** The operation of the document that a request calls. */
const operationOf = (request: WireRequest): Found | undefined => {
  const { pathname } = new URL(request.path, "https://api.sumup.com")
  const method = request.method.toLowerCase()
  const path = Object.keys(pinned.paths).find((one) => template(one).test(pathname))
  const operation = path === undefined ? undefined : pinned.paths[path]?.[method]
  if (path === undefined || operation === undefined) return undefined
  return { name: `${method} ${path}`, path, method, operation }
}

const held = (body: unknown, ...pointer: ReadonlyArray<string>): ReadonlyArray<string> =>
  Object.entries(layers).flatMap(([layer, find]) => {
    const validate = find(...pointer)
    if (validate === undefined) return [`${layer}: no schema at ${pointer.join(" ")}`]
    if (validate(body) === true) return []
    return (validate.errors ?? []).map(
      ({ instancePath, message, params }) => `${layer}: ${instancePath} ${message} ${JSON.stringify(params)}`
    )
  })

const queryProblems = (request: WireRequest, { operation, path, method }: Found): ReadonlyArray<string> => {
  const parameters = operation.parameters ?? []
  const { searchParams } = new URL(request.path, "https://api.sumup.com")
  return [...new Set(searchParams.keys())].flatMap((name) => {
    const index = parameters.findIndex((one) => one.in === "query" && one.name === name)
    if (index < 0) return [`document: no query parameter ${name}`]
    const values = searchParams.getAll(name)
    const validate = layers.document("paths", path, method, "parameters", String(index), "schema")
    const numbers = values.map((value) => (/^\d+$/.test(value) ? Number(value) : value))
    const fits = [values[0], numbers[0], values].some((value) => validate?.(value) === true)
    return fits ? [] : [`document: query parameter ${name} may not be ${values.join(", ")}`]
  })
}

/** What is wrong with a request by the document and by the overlay; empty is good. */
export const requestProblems = (request: WireRequest): ReadonlyArray<string> => {
  const found = operationOf(request)
  if (found === undefined) return [`document: no operation ${request.method} ${request.path}`]
  const { operation, path, method } = found
  const body = ["paths", path, method, "requestBody", "content", "application/json", "schema"]
  if (operation.requestBody === undefined && request.body !== undefined) return ["document: no body is taken"]
  return [
    ...queryProblems(request, found),
    ...(request.body === undefined ? [] : held(request.body, ...body))
  ]
}

/** What is wrong with an answer to a request; empty is good, and so is what an allowance names. */
export const answerProblems = (
  request: WireRequest,
  answer: WireAnswer,
  allowances: ReadonlyArray<Allowance> = []
): ReadonlyArray<string> => {
  const found = operationOf(request)
  const isAllowed = allowances.some(
    ({ operation, status }) => status === answer.status && (operation ?? found?.name) === found?.name
  )
  if (isAllowed) return []
  if (found === undefined) return [`document: no operation ${request.method} ${request.path}`]
  const { path, method, operation, name } = found
  const response = operation.responses[String(answer.status)]
  if (response === undefined) return [`document: ${name} does not answer ${answer.status}`]
  const [type] = Object.keys(response.content ?? {})
  if (type === undefined) return []
  return held(
    answer.body,
    "paths",
    path,
    method,
    "responses",
    String(answer.status),
    "content",
    type,
    "schema"
  )
}

const kind = (value: unknown): string => {
  if (value === null) return "null"
  return Array.isArray(value) ? "list" : typeof value
}

const entries = (value: unknown): ReadonlyArray<readonly [string, unknown]> =>
  typeof value === "object" && value !== null ? Object.entries(value) : []

/**
 * Where a body differs in keys and types from a golden one. A reduced golden body says only what must be
 * there: more keys are no difference then. Lists are compared item by item as far as the golden one goes.
 */
export const shapeDifferences = (
  golden: unknown,
  body: unknown,
  { reduced }: { readonly reduced: boolean },
  at = "body"
): ReadonlyArray<string> => {
  if (kind(golden) !== kind(body)) return [`${at} is ${kind(body)}, not ${kind(golden)}`]
  const found = new Map(entries(body))
  const known = new Map(entries(golden))
  const missing = [...known.keys()].filter((key) => !found.has(key)).map((key) => `${at}.${key} is missing`)
  const more = [...found.keys()].filter((key) => !known.has(key)).map((key) => `${at}.${key} is too much`)
  const inside = [...known].flatMap(([key, value]) =>
    found.has(key) ? shapeDifferences(value, found.get(key), { reduced }, `${at}.${key}`) : []
  )
  return [...missing, ...(reduced || Array.isArray(golden) ? [] : more), ...inside]
}
