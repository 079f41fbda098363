import type { Asset } from "./assets.ts"
import type { Href } from "./Href.ts"
import type { Notice } from "./Notice.ts"
import type { NoticeModel } from "./views/Frame.ts"
import type { Models, ViewName } from "./views/models.ts"

/** What the frame around a page says. */
export interface PageFrame {
  /** State and subject, e.g. "Paid – order RA-…". */
  readonly title: string
  readonly status?: number
  readonly notice?: NoticeModel | null
  /** For people who hear the page: what changed. */
  readonly said?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** What a route answers. Only `send` turns it into a response. */
export type Answer =
  | {
      readonly _tag: "Page"
      readonly view: ViewName
      readonly model: Models[ViewName]
      readonly frame: PageFrame
    }
  /** Go and look there (303). */
  | { readonly _tag: "See"; readonly url: string; readonly notice: Notice | null }
  | { readonly _tag: "Empty"; readonly status: number }
  | { readonly _tag: "Text"; readonly status: number; readonly text: string }
  | { readonly _tag: "File"; readonly asset: Asset }
  /** A published JSON Schema, which anybody may keep for an hour. */
  | { readonly _tag: "Schema"; readonly json: string }
  /** The one page that needs neither database nor templates. */
  | { readonly _tag: "Unavailable" }

export const page = <V extends ViewName>(view: V, model: Models[V], frame: PageFrame): Answer => ({
  _tag: "Page",
  view,
  model,
  frame
})

/** To a page of ours, which says what happened. */
export const see = (url: Href, notice: Omit<Notice, "at"> | null = null): Answer => ({
  _tag: "See",
  url,
  notice: notice === null ? null : { ...notice, at: url }
})

/** To a page of somebody we know: a payment page, or a sibling's. */
export const leave = (url: string): Answer => ({ _tag: "See", url, notice: null })
export const empty = (status: number): Answer => ({ _tag: "Empty", status })
export const text = (status: number, words: string): Answer => ({ _tag: "Text", status, text: words })
export const unavailable: Answer = { _tag: "Unavailable" }
