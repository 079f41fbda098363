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

const textIn = (node: Dom): string =>
  "value" in node
    ? node.value
    : childrenOf(node)
        .map(textIn)
        .join("nodeName" in node && node.nodeName === "#text" ? "" : "")

/** Its text as people read it: white space collapsed. */
export const textOf = ({ node }: Element): string => textIn(node).replace(/\s+/g, " ").trim()
