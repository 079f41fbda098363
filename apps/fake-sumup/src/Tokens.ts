import { createHmac, randomBytes, timingSafeEqual } from "node:crypto"

/** Tokens in forms: a page of another site cannot know them. They hold across a restart. */
export class Tokens {
  secret = randomBytes(32).toString("hex")

  of(form: string): string {
    return createHmac("sha256", this.secret).update(form).digest("base64url")
  }

  holds(form: string, token: unknown): boolean {
    if (typeof token !== "string") return false
    const expected = Buffer.from(this.of(form))
    const given = Buffer.from(token)
    return given.length === expected.length && timingSafeEqual(given, expected)
  }
}
