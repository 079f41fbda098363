import { assert } from "vitest"

const decoded = (text: string): string =>
  text
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&")

const attribute = (tag: string, name: string): string | undefined => {
  const found = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1]
  return found === undefined ? undefined : decoded(found)
}

export interface Page {
  readonly url: string
  readonly status: number
  readonly html: string
  readonly headers: Headers
  /** Where the browser was sent outside of this provider, if it was. */
  readonly left: string | undefined
  readonly title: string
}

/** Opens an address without script; redirects are followed as long as they stay on the same origin. */
export const open = async (url: string, init: RequestInit = {}): Promise<Page> => {
  const response = await fetch(url, { ...init, redirect: "manual" })
  const location = response.headers.get("location")
  if (location !== null) {
    const next = new URL(location, url)
    if (next.origin === new URL(url).origin) return open(next.href)
    return { url, status: response.status, html: "", headers: response.headers, left: next.href, title: "" }
  }
  const html = await response.text()
  const title = decoded(/<title>([^<]*)<\/title>/.exec(html)?.[1] ?? "")
  return { url, status: response.status, html, headers: response.headers, left: undefined, title }
}

/** The links of a page: text and address. */
export const links = ({ html }: Page): ReadonlyArray<readonly [string, string]> =>
  [...html.matchAll(/<a\s[^>]*href="([^"]*)"[^>]*>([^<]*)<\/a>/g)].map(
    ([, href = "", text = ""]) => [decoded(text), decoded(href)] as const
  )

/** Presses the button whose text begins so, in its form, with the fields as they are or as given. */
export const press = async (
  page: Page,
  label: string,
  fields: { readonly [name: string]: string } = {},
  headers: { readonly [name: string]: string } = {}
): Promise<Page> => {
  const forms = [...page.html.matchAll(/<form\s[^>]*>[\s\S]*?<\/form>/g)].map(([form]) => form)
  for (const form of forms) {
    for (const [tag, text = ""] of form.matchAll(/<button[^>]*>([^<]*)<\/button>/g)) {
      if (!decoded(text).startsWith(label)) continue
      const body = new URLSearchParams()
      for (const [input] of form.matchAll(/<input[^>]*>/g)) {
        body.set(attribute(input, "name") ?? "", attribute(input, "value") ?? "")
      }
      const name = attribute(tag, "name")
      if (name !== undefined) body.set(name, attribute(tag, "value") ?? "")
      for (const [field, value] of Object.entries(fields)) body.set(field, value)
      const action = new URL(attribute(form, "action") ?? page.url, page.url)
      return open(action.href, { method: "POST", body, headers })
    }
  }
  assert.fail(`no button begins with ${label} on ${page.title}`)
}
