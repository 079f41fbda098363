/** A piece of HTML whose values are already escaped. */
export class Html {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

const entities: { readonly [character: string]: string } = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;"
}
const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (found) => entities[found] ?? found)

type Value = Html | string | number | null | ReadonlyArray<Html>

const piece = (value: Value | undefined): string => {
  if (value === undefined || value === null) return ""
  if (value instanceof Html) return value.text
  if (typeof value === "string" || typeof value === "number") return escaped(String(value))
  return value.map(({ text }) => text).join("")
}

/** HTML with every value escaped, save what is HTML already. */
export const html = (parts: TemplateStringsArray, ...values: ReadonlyArray<Value>): Html =>
  new Html(parts.reduce((text, part, index) => text + piece(values[index - 1]) + part))
