import { mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { fileURLToPath, pathToFileURL } from "node:url"
import { build, type Plugin } from "esbuild"
import { compiledHook } from "./compiled.ts"

const apps = new URL("../../", import.meta.url)
const folder = new URL("../node_modules/.cache/compiled/", import.meta.url)
const scripts = [
  "cart-service/src/main.ts",
  "cart-service/test/crashingService.ts",
  "demo-coop/src/main.ts",
  "fake-sumup/src/main.ts",
  "house/src/main.ts"
]

/** Packages that bring CommonJS along ask for `require`. */
const head = `import { createRequire as $require } from "node:module"
import { pathToFileURL as $url } from "node:url"
const require = $require(import.meta.url)
const $resolve = (specifier, home) => $url($require(home).resolve(specifier)).href`

/** What a source finds beside itself it still finds there: its address stays what it was. */
const atHome: Plugin = {
  name: "at-home",
  setup: ({ onLoad }) =>
    onLoad({ filter: /\.ts$/ }, ({ path }) => {
      const home = JSON.stringify(pathToFileURL(path).href)
      const contents = readFileSync(path, "utf8")
        .replaceAll(/import\.meta\.resolve\(([^()]*)\)/g, `$resolve($1, ${home})`)
        .replaceAll(/ import\((\w+)\)/g, ` import($resolve($1, ${home}))`)
        .replaceAll("import.meta.url", home)
      return { contents, loader: "ts" }
    })
}

/** Replaces a script that is started by what was made of it. */
const hook = (made: ReadonlyArray<readonly [script: string, url: string]>) => `
import { registerHooks } from "node:module"
const made = new Map(${JSON.stringify(made)})
registerHooks({
  resolve: (specifier, context, next) => {
    const found = next(specifier, context)
    const url = context.parentURL === undefined ? made.get(found.url) : undefined
    return url === undefined ? found : { url, format: "module", shortCircuit: true }
  }
})
`

/**
 * Makes one file of each script that the tests start some hundred times: to find and load a thousand modules
 * takes a process four times as long as everything else it does at its start.
 */
export const setup = async (): Promise<void> => {
  if (process.env[compiledHook] !== undefined) return
  const path = (script: string) => fileURLToPath(new URL(script, apps))
  mkdirSync(folder, { recursive: true })
  await build({
    entryPoints: scripts.map((script, n) => ({ in: path(script), out: `${n}` })),
    outdir: fileURLToPath(folder),
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node22",
    conditions: ["@rose-ash/source"],
    minifyWhitespace: true,
    minifySyntax: true,
    banner: { js: head },
    plugins: [atHome],
    logLevel: "error"
  })
  const made = scripts.map(
    (script, n) => [new URL(script, apps).href, new URL(`${n}.mjs`, folder).href] as const
  )
  const file = new URL("hook.mjs", folder)
  writeFileSync(file, hook(made))
  process.env[compiledHook] = file.href
}
