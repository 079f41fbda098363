import { bakery } from "./drawings/bakery.ts"
import { choirAndPrint } from "./drawings/choirAndPrint.ts"
import type { Drawing } from "./drawings/Drawing.ts"
import { farm } from "./drawings/farm.ts"
import { Html } from "./html.ts"

const drawings: { readonly [itemId: string]: Drawing | undefined } = { ...bakery, ...farm, ...choirAndPrint }

const svg = (attributes: string, { ground, shapes }: Drawing): string =>
  `<svg ${attributes} viewBox="0 0 160 120" width="320" height="240">` +
  `<rect width="160" height="120" fill="${ground}"/>${shapes}</svg>`

/** The picture of an item, to stand in a page beside the item's name. */
export const inlinePicture = (itemId: string): Html | null => {
  const drawing = drawings[itemId]
  return drawing === undefined ? null : new Html(svg('aria-hidden="true" focusable="false"', drawing))
}

/** The same picture as a file of its own, for the services that show the item elsewhere. */
export const pictureFile = (itemId: string): string | undefined => {
  const drawing = drawings[itemId]
  return drawing === undefined ? undefined : svg('xmlns="http://www.w3.org/2000/svg"', drawing)
}
