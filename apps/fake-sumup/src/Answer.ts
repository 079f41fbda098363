import type { Request, Response } from "express"
import { type Json, written } from "./json.ts"

/** What the API answers. */
export interface Answer {
  readonly status: number
  readonly body?: Json | undefined
  /** Sent instead of the body when it is not JSON. */
  readonly text?: string
  readonly type?: string
  readonly headers?: { readonly [name: string]: string }
  /** How a fault wants it to leave; whole when absent. */
  readonly sending?: "reset" | "never" | "truncated"
  /** A fault wants it to trickle. */
  readonly bytesPerSecond?: number
}

const trickle = (response: Response, bytes: Buffer, perSecond: number): void => {
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
export const send = (request: Request, response: Response, answer: Answer, time: number): void => {
  const { body, bytesPerSecond, headers, sending, status, text, type = "application/json" } = answer
  if (sending === "never") return
  if (sending === "reset") return void request.socket.resetAndDestroy()
  const bytes = Buffer.from(text ?? (body === undefined ? "" : written(body)))
  const date = new Date(time).toUTCString()
  response.sendDate = false
  response.writeHead(status, { date, "content-type": type, "content-length": bytes.length, ...headers })
  if (bytesPerSecond !== undefined) trickle(response, bytes, bytesPerSecond)
  else if (sending === "truncated") {
    response.write(bytes.subarray(0, bytes.length / 2), () => request.socket.destroy())
  } else response.end(bytes)
}
