import type { DefaultTreeAdapterTypes } from "parse5"

export type Dom = DefaultTreeAdapterTypes.Node

/** An element with its attributes as a record. */
export interface Element {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly node: Dom
}

const childrenOf = (node: Dom): ReadonlyArray<Dom> => ("childNodes" in node ? node.childNodes : [])

/** Every element under a node, in order. */
export const elements = (root: Dom | Element): ReadonlyArray<Element> => {
  const node = "node" in root ? root.node : root
  return childrenOf(node).flatMap((child) =>
    "tagName" in child
      ? [
          {
            name: child.tagName,
            attributes: Object.fromEntries(child.attrs.map(({ name, value }) => [name, value])),
            node: child
          },
          ...elements(child)
        ]
      : []
  )
}

export const element = (root: Dom | Element, name: string): Element => {
  const found = elements(root).find((one) => one.name === name)
  if (found === undefined) throw new Error(`no <${name}>`)
  return found
}

const inline = new Set(["a", "b", "span", "strong", "svg", "time", "#text"])
const textIn = (node: Dom): string => {
  const text = "value" in node ? node.value : childrenOf(node).map(textIn).join("")
  return inline.has(node.nodeName) ? text : ` ${text} `
}

/** Its text as people read it: white space collapsed, blocks apart. */
export const textOf = ({ node }: Element): string => textIn(node).replace(/\s+/g, " ").trim()
