import { readdirSync, readFileSync, statSync } from "node:fs"
import { fileURLToPath } from "node:url"
import ejs from "ejs"
import { strictly } from "./strictly.ts"
import type { FrameModel } from "./views/Frame.ts"
import type { LetterModel } from "./views/LetterView.ts"
import { type Models, models, type ViewName } from "./views/models.ts"

/** Turns models into pages. */
export interface Views {
  readonly view: (name: ViewName, model: Models[ViewName]) => string
  readonly layout: (frame: FrameModel) => string
  /** A whole letter: it has no frame. */
  readonly letter: (model: LetterModel) => string
}

const root = fileURLToPath(new URL("../views", import.meta.url))
type Template = (locals: object) => string

/** `vm` is the model and `t` the words: a bare name throws, and so does any name they do not have. */
const compiled = (name: string): Template => {
  const filename = `${root}/${name}.ejs`
  return ejs.compile(readFileSync(filename, "utf8"), {
    strict: true,
    localsName: "locals",
    destructuredLocals: ["vm", "t"],
    compileDebug: false,
    cache: true,
    root,
    views: [root],
    filename
  })
}

const isView = (name: string): name is ViewName => name in models
const compileAll = () => ({
  stamp: stampOf(),
  layout: compiled("layout"),
  letter: compiled("letter"),
  views: new Map(
    Object.keys(models)
      .filter(isView)
      .map((name) => [name, compiled(name)])
  )
})

/** When a template was last written. */
const stampOf = (): number =>
  Math.max(
    ...["", "/partials"].flatMap((folder) =>
      readdirSync(`${root}${folder}`).map((file) => statSync(`${root}${folder}/${file}`).mtimeMs)
    )
  )

/** Compiles every template at once; in development again after one was written. */
export const makeViews = (words: object, development: boolean): Views => {
  let templates = compileAll()
  const current = () => {
    if (development && templates.stamp !== stampOf()) {
      ejs.clearCache()
      templates = compileAll()
    }
    return templates
  }
  const t = development ? strictly(words, "t") : words
  const locals = (vm: object) => ({ vm: development ? strictly(vm) : vm, t })
  return {
    view: (name, model) => current().views.get(name)?.(locals(model)) ?? "",
    layout: (frame) => current().layout(locals(frame)),
    letter: (model) => current().letter(locals(model))
  }
}
