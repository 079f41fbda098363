import { Schema } from "effect"
import fc from "fast-check"
import { type ParserError, parse } from "parse5"
import { describe, expect, it } from "vitest"
import { path } from "../src/Href.ts"
import { FrameModel, type NoticeModel } from "../src/views/Frame.ts"
import { models, type ViewName } from "../src/views/models.ts"
import { makeViews } from "../src/views.ts"
import { en } from "../src/words/en.ts"
import { type Element, elements } from "./dom.ts"
import { harmless, modelArbitrary } from "./modelArbitrary.ts"

const views = makeViews(en.views, true)
const runs = 150
const isView = (name: string): name is ViewName => name in models
const viewNames = Object.keys(models).filter(isView)

const frame = (body: string, more: Partial<FrameModel> = {}): FrameModel => ({
  title: "Title",
  language: "en-GB",
  practice: true,
  said: "",
  notice: null,
  person: null,
  attends: false,
  logIn: path`/`,
  css: path`/a.css`,
  js: path`/a.js`,
  body,
  ...more
})

/** Characters that are no mistake of a template: they came in with the text. */
const ofText = new Set([
  "control-character-in-input-stream",
  "noncharacter-in-input-stream",
  "surrogate-in-input-stream"
])
const read = (html: string) => {
  const errors: Array<ParserError> = []
  const dom = parse(html, { onParseError: (error) => errors.push(error) })
  return { all: elements(dom), errors: errors.map(({ code }) => code).filter((code) => !ofText.has(code)) }
}

/** Names of elements and attributes in order: what a template wrote, whatever the text was. */
const shape = (all: ReadonlyArray<Element>): ReadonlyArray<string> =>
  all.map(({ attributes, name }) => `${name} ${Object.keys(attributes).join(" ")}`)

const expectSound = (all: ReadonlyArray<Element>) => {
  const ids = all.flatMap(({ attributes }) => attributes["id"] ?? [])
  expect(ids.length).toBe(new Set(ids).size)
  expect(all.filter(({ name }) => name === "h1")).toHaveLength(1)
  expect(all.filter(({ name }) => name === "script").map(({ attributes }) => attributes)).toEqual([
    { defer: "", src: "/a.js" }
  ])
  for (const { attributes } of all) {
    const targets = ["for", "aria-labelledby", "aria-describedby"].flatMap(
      (name) => attributes[name]?.split(" ") ?? []
    )
    const href = attributes["href"] ?? ""
    for (const target of [...targets, ...(href.startsWith("#") ? [href.slice(1)] : [])])
      expect(ids).toContain(target)
    expect(Object.keys(attributes).filter((name) => /^on|^style$|^hx-on|^hx-vals/.test(name))).toEqual([])
    expect(href).not.toMatch(/^(?!https?:|mailto:|data:image|\/|#|$)/)
  }
}

const kept = new Set(["id", "pageId", "number", "field", "tone", "kind"])
const isHref = (text: string) => /^(\/|https?:|mailto:)/.test(text)
const show = (name: ViewName, model: unknown): string =>
  views.layout(frame(Reflect.apply(views.view, null, [name, model])))

const check = (name: ViewName) => {
  const model: Schema.Top = models[name]
  const isModel: (value: unknown) => boolean = Schema.is(model)
  fc.assert(
    fc.property(modelArbitrary(model), (value) => {
      expect(isModel(value)).toBe(true)
      const { all, errors } = read(show(name, value))
      const tame = harmless(value, (key, text) => kept.has(key) || isHref(text))
      expect(errors).toEqual([])
      expect(shape(all)).toEqual(shape(read(show(name, tame)).all))
      expectSound(all)
    }),
    { numRuns: runs }
  )
}

describe("views", () => {
  it.each(viewNames)("%s shows any text as text, and nothing in it as markup", (name) => check(name))

  it("the frame does so too, with any notice", () => {
    const decode = Schema.decodeUnknownSync(FrameModel)
    fc.assert(
      fc.property(modelArbitrary(FrameModel), (value) => {
        const model = decode(value)
        const notice: NoticeModel | null = model.notice === null ? null : { ...model.notice, field: null }
        const { all, errors } = read(
          views.layout({ ...model, ...frame("<h1>H</h1>", { notice }), title: model.title })
        )
        expect(errors).toEqual([])
        expectSound(all)
        const title = all.filter(({ name }) => name === "title")
        expect(title).toHaveLength(1)
      }),
      { numRuns: runs }
    )
  })

  it("a name that a model does not have throws where people develop and test, and nowhere else", () => {
    const missing = { heading: "H", text: "T" }
    const incomplete = (watch: boolean) =>
      Reflect.apply(makeViews(en.views, watch).view, null, ["problem", missing])
    expect(() => incomplete(true)).toThrow("no vm.reference")
    expect(() => incomplete(false)).not.toThrow()
  })

  it("every template is a view, the layout, the letter or a partial", async () => {
    const { readdir } = await import("node:fs/promises")
    const files = await readdir(new URL("../views", import.meta.url))
    const others = ["layout.ejs", "letter.ejs", "partials"]
    expect(files.sort()).toEqual([...viewNames.map((name) => `${name}.ejs`), ...others].sort())
  })
})
