import { spawnSync } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"

const home = fileURLToPath(new URL("..", import.meta.url))
const readme = readFileSync(join(home, "README.md"), "utf8")
const example = /^```ts\n([\s\S]*?)^```$/m.exec(readme)?.[1] ?? ""

/** As everywhere in the repository, but for one file and without output. */
const settings = {
  extends: "../../../../tsconfig.base.json",
  compilerOptions: { noEmit: true, composite: false, incremental: false, types: ["node"] },
  files: ["example.ts"]
}

describe("the example of the README", () => {
  let folder = ""
  const run = (command: string, ...given: ReadonlyArray<string>) => {
    const { status, stderr, stdout } = spawnSync(command, given, {
      cwd: folder,
      encoding: "utf8",
      timeout: 60_000
    })
    return { status, output: `${stdout}${stderr}` }
  }
  beforeAll(() => {
    folder = mkdtempSync(join(home, "test", ".readme-"))
    writeFileSync(join(folder, "example.ts"), example)
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(settings))
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it("is short", () => {
    const code = example.split("\n").filter((line) => line.trim() !== "" && !line.startsWith("import "))
    assert.isAtMost(code.length, 20)
    assert.isAtLeast(code.length, 10)
  })
  it("compiles with the repository's own settings", () => {
    const compiler = join(home, "../../node_modules/.bin/tsc")
    assert.deepStrictEqual(run(compiler, "-p", "tsconfig.json"), { status: 0, output: "" })
  }, 60_000)
  it("runs, and ends with a paid order", () => {
    const ran = run(process.execPath, "--conditions=@rose-ash/source", "example.ts")
    assert.deepStrictEqual(ran, { status: 0, output: "paid, 500 pence\n" })
  }, 60_000)
  it("says what it prints", () => {
    assert.include(example, "// paid, 500 pence")
  })
})
