import type { IncomingMessage, ServerResponse } from "node:http"
import { type Json, written } from "./json.ts"

/** How an answer leaves: whole, or as a fault wants it. */
type Sending =
  | { readonly as: "whole" }
  | { readonly as: "reset" }
  | { readonly as: "never" }
  | { readonly as: "truncated" }
  | { readonly as: "trickle"; readonly bytesPerSecond: number }

/** What the API answers. */
export interface Answer {
  readonly status: number
  readonly body: Json | undefined
  /** Sent instead of the body when it is not JSON. */
  readonly text?: string
  readonly type?: string
  readonly headers?: { readonly [name: string]: string }
  readonly sending?: Sending
}

export const json = (status: number, body: Json): Answer => ({ status, body })

const trickle = (response: ServerResponse, bytes: Buffer, perSecond: number): void => {
  const perTick = Math.max(1, Math.round(perSecond / 10))
  let sent = 0
  const timer = setInterval(() => {
    response.write(bytes.subarray(sent, sent + perTick))
    sent += perTick
    if (sent < bytes.length) return
    clearInterval(timer)
    response.end()
  }, 100)
  response.on("close", () => clearInterval(timer))
}

/** Sends an answer; `time` is the provider's clock, ms. */
export const send = (
  request: IncomingMessage,
  response: ServerResponse,
  answer: Answer,
  time: number
): void => {
  const sending = answer.sending ?? { as: "whole" }
  if (sending.as === "never") return
  if (sending.as === "reset") {
    request.socket.resetAndDestroy()
    return
  }
  const text = answer.text ?? (answer.body === undefined ? "" : written(answer.body))
  const bytes = Buffer.from(text)
  response.sendDate = false
  response.writeHead(answer.status, {
    date: new Date(time).toUTCString(),
    "content-type": answer.type ?? "application/json",
    "content-length": bytes.length,
    ...answer.headers
  })
  if (sending.as === "trickle") {
    trickle(response, bytes, sending.bytesPerSecond)
  } else if (sending.as === "truncated") {
    response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => request.socket.destroy())
  } else {
    response.end(bytes)
  }
}
