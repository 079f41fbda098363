import { createHash } from "node:crypto"
import { readFileSync } from "node:fs"
import type { Database } from "./Database.ts"
import { seedHappenings } from "./Happenings.ts"

/** The three services that are played here, each with a schema of its own. */
export type ServiceName = "blog" | "market" | "events"
const names: ReadonlyArray<ServiceName> = ["blog", "market", "events"]

const file = new URL("../../../packages/adapters-postgres/siblings/siblings.sql", import.meta.url)

/** A file is many statements, and the driver sends one: the server is told to run the text. */
const all = (text: string): string => `DO $all$ BEGIN EXECUTE $text$${text}$text$; END $all$`

/** Derived and not stored: whoever knows the administrator's password knows it, and nobody else. */
const passwordOf = (admin: URL, role: string): string =>
  createHash("sha256").update(`${admin.username}:${admin.password}:${role}`).digest("base64url")

/**
 * Everybody may ask who is logged in; a log-in of one's own needs a password where the server asks for one.
 */
const grants = (admin: URL): string =>
  names
    .map(
      (name) => `GRANT USAGE ON SCHEMA auth_api TO ${name}_app;
GRANT SELECT ON auth_api.active_session TO ${name}_app;
GRANT USAGE ON SCHEMA blog_api TO ${name}_app;
GRANT SELECT ON blog_api.page_editor TO ${name}_app;
GRANT SELECT, INSERT ON blog.cart_event, blog.cart_event_inbox TO blog_app;
ALTER ROLE ${name}_app PASSWORD '${passwordOf(admin, name)}';`
    )
    .join("\n")

const asRole = (admin: URL, name: ServiceName): string => {
  const url = new URL(admin)
  url.username = `${name}_app`
  url.password = passwordOf(admin, name)
  return url.href
}

/**
 * Applies the siblings' practice schema, which may be there already, and answers whom each service logs in
 * as: a role with no right on the cart's schema where one can be made, else the role that was given.
 */
export const applyContract = async (
  admin: Database,
  adminUrl: string
): Promise<{ readonly [name in ServiceName]: string }> => {
  const url = new URL(adminUrl)
  await admin.query((sql) => sql.unsafe(all(readFileSync(file, "utf8"))))
  await seedHappenings(admin)
  const separate = await admin
    .query((sql) => sql.unsafe(all(grants(url))))
    .then(
      () => true,
      () => false
    )
  const of = (name: ServiceName) => (separate ? asRole(url, name) : adminUrl)
  return { blog: of("blog"), market: of("market"), events: of("events") }
}
