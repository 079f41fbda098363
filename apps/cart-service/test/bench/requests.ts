import type { System } from "./load.ts"
import type { Person } from "./seed.ts"

/** The head of what a browser asks, of one person at one address. */
export const browser = ({ port }: System, { address, cookie }: Person): string =>
  `Host: localhost:${port}\r\nAccept: text/html\r\nX-Forwarded-For: ${address}\r\n` +
  `Cookie: cart=${cookie}\r\nSec-Fetch-Site: same-origin\r\n`

/** A form that is sent off. */
export const send = (
  system: System,
  of: Person,
  path: string,
  fields: Readonly<Record<string, string>>
): string => {
  const body = new URLSearchParams(fields).toString()
  return (
    `POST ${path} HTTP/1.1\r\n${browser(system, of)}Content-Type: application/x-www-form-urlencoded\r\n` +
    `Content-Length: ${body.length}\r\n\r\n${body}`
  )
}
