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

type Value = Html | string | number | undefined | ReadonlyArray<Html>

const piece = (value: Value): string => {
  if (value === undefined) return ""
  if (value instanceof Html) return value.text
  if (typeof value === "string" || typeof value === "number") return escaped(String(value))
  return value.map((one) => one.text).join("")
}

/** HTML with every value escaped, save what is HTML already. */
export const html = (parts: TemplateStringsArray, ...values: ReadonlyArray<Value>): Html =>
  new Html(parts.reduce((text, part, index) => text + piece(values[index - 1]) + part))

/** A whole page. The banner says on every one that this is practice. */
export const layout = (title: string, main: Html): Html => html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="stylesheet" href="/practice.css">
<link rel="icon" href="data:,">
</head>
<body>
<p class="banner" role="note"><strong>Practice payment:</strong> no money moves</p>
<main>
${main}
</main>
</body>
</html>
`

/** Headers of every page; no form-action, for paying leads on to the merchant's own site. */
export const pageHeaders: { readonly [name: string]: string } = {
  "cache-control": "no-store",
  "content-security-policy":
    "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; frame-ancestors 'none'",
  "referrer-policy": "same-origin",
  "x-content-type-options": "nosniff"
}
