import type { IncomingHttpHeaders } from "node:http"
import { html, parse, type DefaultTreeAdapterTypes as Tree } from "parse5"

type Element = Tree.Element
type Fields = { readonly [name: string]: string }

/** A form as a button would send it. */
interface Filled {
  readonly method: string
  readonly action: URL
  readonly data: URLSearchParams
}

const isElement = (node: Tree.Node): node is Element => "tagName" in node
const isText = (node: Tree.Node): node is Tree.TextNode => node.nodeName === "#text"
const children = (node: Tree.Node): ReadonlyArray<Tree.Node> => ("childNodes" in node ? node.childNodes : [])

/** Every element below a node, in the order of the document. */
const below = (node: Tree.Node): ReadonlyArray<Element> =>
  children(node).flatMap((child) => (isElement(child) ? [child, ...below(child)] : []))

const inline = new Set(["a", "abbr", "b", "code", "em", "i", "small", "span", "strong", "time"])
/** What can be read of a node; what stands in blocks of their own does not run together. */
const words = (node: Tree.Node): string => {
  if (isText(node)) return node.value
  const inside = children(node).map(words).join("")
  return isElement(node) && !inline.has(node.tagName) ? ` ${inside} ` : inside
}
const tidy = (text: string): string => text.replace(/\s+/g, " ").trim()
const attribute = (element: Element, name: string): string | undefined =>
  element.attrs.find((one) => one.name === name)?.value
const tagged =
  (...names: ReadonlyArray<string>) =>
  (element: Element) =>
    names.includes(element.tagName)

/** An answer as a browser without JavaScript shows it. */
export class Page {
  readonly url: URL
  readonly status: number
  readonly body: string
  readonly #headers: IncomingHttpHeaders
  readonly #elements: ReadonlyArray<Element>

  constructor(url: URL, status: number, headers: IncomingHttpHeaders, body: string) {
    this.url = url
    this.status = status
    this.body = body
    this.#headers = headers
    this.#elements = below(parse(body, { scriptingEnabled: false }))
  }

  get heading(): string {
    const heading = this.#elements.find(tagged("h1"))
    return heading === undefined ? "" : tidy(words(heading))
  }

  /** Everything that can be read, white space folded. */
  get text(): string {
    const body = this.#elements.find(tagged("body"))
    return body === undefined ? this.body : tidy(words(body))
  }

  /** Where it leads on to without being asked. */
  get location(): string | undefined {
    return this.status >= 300 && this.status < 400 ? this.#headers.location : undefined
  }

  get cookies(): ReadonlyArray<string> {
    return this.#headers["set-cookie"] ?? []
  }

  get referrerPolicy(): string | undefined {
    const policy = this.#headers["referrer-policy"]
    return typeof policy === "string" ? policy : undefined
  }

  /** The words of every link and button, for the sentence of a test that finds none. */
  get controls(): ReadonlyArray<string> {
    return this.#elements.filter(tagged("a", "button")).map((element) => tidy(words(element)))
  }

  /** Where the first link of these words leads. */
  link(text: string): URL {
    const href = attribute(this.#find(text, "a"), "href")
    if (href === undefined) throw new Error(`The link "${text}" leads nowhere`)
    return new URL(href, this.url)
  }

  /** The form of the first button of these words, filled in as given and else as the page proposes. */
  form(text: string, given: Fields): Filled {
    const button = this.#find(text, "button")
    const form = this.#elements.find((one) => one.tagName === "form" && below(one).includes(button))
    if (form === undefined) throw new Error(`The button "${text}" belongs to no form`)
    const data = new URLSearchParams()
    for (const field of below(form).filter(tagged("input", "select", "textarea")))
      this.#fill(data, field, given)
    for (const name of Object.keys(given))
      if (!data.has(name)) throw new Error(`The form of "${text}" has no field ${name}`)
    const name = attribute(button, "name")
    if (name !== undefined) data.append(name, attribute(button, "value") ?? "")
    const action = attribute(button, "formaction") ?? attribute(form, "action") ?? ""
    const method = (attribute(form, "method") ?? "get").toUpperCase()
    return { method, action: new URL(action, this.url), data }
  }

  /** Throws where a browser would silently not send a form: the policy of the page forbids it. */
  mustAllowForm(target: URL): void {
    const policy = String(this.#headers["content-security-policy"] ?? "")
    const rule = /(?:^|;)\s*form-action([^;]*)/.exec(policy)?.[1]
    if (rule === undefined) return
    const isAllowed = tidy(rule)
      .split(" ")
      .some((source) => {
        if (source === "'self'") return target.origin === this.url.origin
        if (source.startsWith("https://*.")) return target.origin.endsWith(source.slice("https://*".length))
        return source === target.origin
      })
    if (!isAllowed)
      throw new Error(`The policy of ${this.url.href} forbids its forms to go to ${target.origin}`)
  }

  #fill(data: URLSearchParams, field: Element, given: Fields): void {
    const name = attribute(field, "name")
    const type = attribute(field, "type")
    const isChoice = type === "checkbox" || type === "radio"
    if (name === undefined || (isChoice && attribute(field, "checked") === undefined)) return
    const chosen = below(field).find((option) => attribute(option, "selected") !== undefined)
    const proposed =
      field.tagName === "select" ? chosen && attribute(chosen, "value") : attribute(field, "value")
    const value = given[name] ?? (field.tagName === "textarea" ? words(field) : (proposed ?? ""))
    if (value === "" && attribute(field, "required") !== undefined)
      throw new Error(`The field ${name} must be filled in`)
    data.append(name, value)
  }

  #find(text: string, ...tags: ReadonlyArray<string>): Element {
    const found = this.#elements.filter(
      (element) => tags.includes(element.tagName) && element.namespaceURI === html.NS.HTML
    )
    const exact = found.find((element) => tidy(words(element)) === text)
    const element = exact ?? found.find((one) => tidy(words(one)).includes(text))
    if (element !== undefined) return element
    throw new Error(
      `No ${tags.join()} "${text}" on ${this.url.href} (${this.status}): ${this.controls.join(" | ")}`
    )
  }
}
