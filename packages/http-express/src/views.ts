import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import ejs from "ejs"
import { strictly } from "./strictly.ts"
import type { FrameModel } from "./views/Frame.ts"
import { type Models, models, type ViewName } from "./views/models.ts"

/** Turns models into pages. */
export interface Views {
  readonly view: (name: ViewName, model: Models[ViewName]) => string
  readonly layout: (frame: FrameModel) => string
}

const root = fileURLToPath(new URL("../views", import.meta.url))
type Template = (locals: object) => string

/** `vm` is the model and `t` the words: a bare name throws, and so does any name they do not have. */
const compiled = (name: string, cache: boolean): Template => {
  const filename = `${root}/${name}.ejs`
  return ejs.compile(readFileSync(filename, "utf8"), {
    strict: true,
    localsName: "locals",
    destructuredLocals: ["vm", "t"],
    compileDebug: false,
    cache,
    root,
    views: [root],
    filename
  })
}

const isView = (name: string): name is ViewName => name in models

/** Compiles every template at once; in development each is read again whenever it is used. */
export const makeViews = (words: object, development: boolean): Views => {
  const load = (name: string): Template => {
    const first = compiled(name, !development)
    return development ? (locals) => compiled(name, false)(locals) : first
  }
  const layout = load("layout")
  const templates = new Map(
    Object.keys(models)
      .filter(isView)
      .map((name) => [name, load(name)])
  )
  const t = development ? strictly(words, "t") : words
  const locals = (vm: object) => ({ vm: development ? strictly(vm) : vm, t })
  return {
    view: (name, model) => templates.get(name)?.(locals(model)) ?? "",
    layout: (frame) => layout(locals(frame))
  }
}
