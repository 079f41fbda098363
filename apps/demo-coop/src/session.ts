import { createHash, randomBytes } from "node:crypto"

/** A new session's secret, 256 random bits. */
export const newSession = (): string => randomBytes(32).toString("base64url")

/** How it travels: to no script, and from no other site but by a link. */
export const sessionRules = {
  httpOnly: true,
  sameSite: "lax",
  path: "/",
  maxAge: 30 * 24 * 60 * 60 * 1000
} as const

/** What is stored of it: the SHA-256 of its text, in hexadecimal digits. */
export const digest = (session: string): string => createHash("sha256").update(session).digest("hex")

/** The value of a cookie, if the header holds one of that name. */
export const cookie = (header: string | undefined, name: string): string | undefined =>
  header
    ?.split(";")
    .map((pair) => pair.trim())
    .find((pair) => pair.startsWith(`${name}=`))
    ?.slice(name.length + 1)
