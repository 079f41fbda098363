import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import { basename, join } from "node:path"
import { defineConfig } from "tsup"

/** Everything that a machine needs to run the service, but for Node. */
const folder = "dist/production"
/** Beside what the sources expect them: one level up from the code. */
const carried = ["http-express/assets", "http-express/views", "adapters-postgres/migrations"]

/** The licences of what is inside, each once. */
const licences = (inputs: ReadonlyArray<string>): string => {
  const homes = inputs.map((path) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0])
  const texts = [...new Set(homes)].sort().flatMap((home) => {
    const file = home === undefined ? undefined : readdirSync(home).find((name) => /^licen[cs]e/i.test(name))
    const name = home?.split("/node_modules/").at(-1)
    return home === undefined || file === undefined
      ? []
      : [`${name}\n\n${readFileSync(join(home, file), "utf8")}`]
  })
  return texts.join(`\n${"-".repeat(72)}\n`)
}

/**
 * The whole service as one file: to find and load a thousand modules takes a process three times as long as
 * everything else it does at its start.
 */
export default defineConfig({
  entry: { main: "src/main.ts" },
  outDir: `${folder}/bin`,
  format: "esm",
  target: "node22",
  platform: "node",
  splitting: false,
  sourcemap: false,
  dts: false,
  clean: false,
  silent: true,
  metafile: true,
  removeNodeProtocol: false,
  noExternal: [/./],
  /** The configuration that is used when nobody brings another. */
  publicDir: "../../config",
  banner: {
    js: 'import { createRequire as $require } from "node:module"\nconst require = $require(import.meta.url)'
  },
  esbuildOptions: (options) => {
    options.conditions = ["@rose-ash/source"]
  },
  esbuildPlugins: [
    {
      name: "files-of-packages",
      setup: ({ onLoad }) =>
        onLoad({ filter: /http-express\/src\/assets\.ts$/ }, ({ path }) => {
          const contents = readFileSync(path, "utf8").replaceAll(
            /import\.meta\.resolve\("([^"]+)"\)/g,
            (_, name: string) => {
              mkdirSync(`${folder}/assets`, { recursive: true })
              cpSync(createRequire(path).resolve(name), `${folder}/assets/${basename(name)}`)
              return `new URL("../assets/${basename(name)}", import.meta.url).href`
            }
          )
          return { contents, loader: "ts" }
        })
    }
  ],
  onSuccess: async () => {
    for (const path of carried)
      cpSync(`../../packages/${path}`, `${folder}/${basename(path)}`, { recursive: true })
    const { license, name, version } = JSON.parse(readFileSync("package.json", "utf8"))
    writeFileSync(
      `${folder}/package.json`,
      `${JSON.stringify({ name, version, license, private: true, type: "module" })}\n`
    )
    const metafile = `${folder}/bin/metafile-esm.json`
    const { inputs } = JSON.parse(readFileSync(metafile, "utf8"))
    writeFileSync(`${folder}/LICENCES`, licences(Object.keys(inputs)))
    rmSync(metafile)
  }
})
