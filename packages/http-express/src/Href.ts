import { Schema } from "effect"

/** Somewhere a link may lead: a path of ours, an address of the web, or a mailbox. Never a script. */
export const Href = Schema.String.check(
  Schema.isPattern(/^(?:\/(?![/\\])[^\s"'<>\\]*|https?:\/\/[^\s"'<>\\]+|mailto:[^\s"'<>\\]+)$/u)
).pipe(Schema.brand("Href"))
export type Href = typeof Href.Type

const escaped = (part: string | number): string => encodeURIComponent(part).replaceAll("'", "%27")

/** A path of ours; every part is escaped. */
export const path = (strings: TemplateStringsArray, ...parts: ReadonlyArray<string | number>): Href =>
  Href.make(String.raw({ raw: strings }, ...parts.map(escaped)))

/** Where a question about something goes. */
export const mailbox = (address: string, subject: string): Href =>
  Href.make(`mailto:${escaped(address).replace("%40", "@")}?subject=${escaped(subject)}`)

/** The address if its origin is one of those; null for anything else, also for what is no address. */
export const allowed =
  (origins: ReadonlyArray<string>) =>
  (text: string | null): Href | null => {
    if (text === null || !URL.canParse(text)) return null
    const url = new URL(text)
    if (!origins.includes(url.origin) || url.username !== "" || url.password !== "") return null
    const href = url.href.replaceAll("'", "%27")
    return Schema.is(Href)(href) ? href : null
  }
