import { Schema } from "effect"
import { Href } from "../Href.ts"

/** Text for people: already formatted, not yet escaped. */
export const Text = Schema.String
/** Part of an `id` attribute. */
export const Name = Schema.String.check(Schema.isPattern(/^[A-Za-z0-9_-]{1,64}$/u))

/** An amount with what it is for. */
export const Row = Schema.Struct({ label: Text, amount: Text })
export type Row = typeof Row.Type
export const Anchor = Schema.Struct({ href: Href, label: Text })
export type Anchor = typeof Anchor.Type

/** What a page says first about what was just done. */
export const NoticeModel = Schema.Struct({
  kind: Schema.Literals(["ok", "warn", "bad", "info"]),
  text: Text,
  more: Schema.Array(Text),
  /** The field that the notice is about. */
  field: Schema.NullOr(Name),
  focus: Schema.Boolean,
  undo: Schema.NullOr(
    Schema.Struct({
      action: Href,
      fields: Schema.Array(Schema.Struct({ name: Name, value: Text })),
      label: Text,
      what: Text
    })
  )
})
export type NoticeModel = typeof NoticeModel.Type

/** The frame of every page. */
export const FrameModel = Schema.Struct({
  title: Text,
  language: Text,
  practice: Schema.Boolean,
  said: Text,
  notice: Schema.NullOr(NoticeModel),
  /** Name of the customer who is logged in. */
  person: Schema.NullOr(Text),
  logIn: Schema.NullOr(Href),
  /** Whether this person answers for the money of a page. */
  attends: Schema.Boolean,
  css: Href,
  js: Href,
  /** The view, rendered: the only text that is not escaped. */
  body: Schema.String
})
export type FrameModel = typeof FrameModel.Type

/** An order of this person that waits to be paid. */
export const WaitingModel = Schema.Struct({ number: Text, amount: Text, pay: Schema.NullOr(Href), see: Href })
export type WaitingModel = typeof WaitingModel.Type
