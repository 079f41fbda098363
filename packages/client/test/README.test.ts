import { type ChildProcess, spawn, spawnSync } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import { Redacted } from "effect"
import { sign } from "../src/events/Signature.ts"
import { json, nowhere, standIn } from "./standIn.ts"

const home = fileURLToPath(new URL("..", import.meta.url))
const example = /^```ts\n([\s\S]*?)^```$/m.exec(readFileSync(join(home, "README.md"), "utf8"))?.[1] ?? ""
const eventKey = "practice-key-of-events-of-the-cart"
const sample = readFileSync(join(home, "../../docs/events/samples/order.paid.json"), "utf8")

/** As everywhere in the repository, but for one file and without output. */
const settings = {
  extends: "../../../../tsconfig.base.json",
  compilerOptions: { noEmit: true, composite: false, incremental: false, types: ["node"] },
  files: ["example.ts"]
}

describe("the example of the README", () => {
  let folder = ""
  let child: ChildProcess | undefined
  beforeAll(() => {
    folder = mkdtempSync(join(home, "test", ".readme-"))
    writeFileSync(join(folder, "example.ts"), example)
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(settings))
  })
  afterAll(() => {
    child?.kill()
    rmSync(folder, { recursive: true, force: true })
  })

  it("compiles with the repository's own settings", () => {
    const compiler = join(home, "../../node_modules/.bin/tsc")
    const { status, stdout } = spawnSync(compiler, ["-p", "tsconfig.json"], { cwd: folder, encoding: "utf8" })
    assert.deepStrictEqual([status, stdout], [0, ""])
  }, 60_000)

  it("runs: shows the badge, and handles an event once", async () => {
    const { url } = await standIn(json(200, { count: 3, pages: 1, totals: [] }))
    const port = new URL(await nowhere()).port
    const env = {
      ...process.env,
      CART_URL: url,
      CART_KEY: "practice-key",
      CART_EVENT_KEY: eventKey,
      PORT: port
    }
    const started = spawn(process.execPath, ["--conditions=@rose-ash/source", "example.ts"], {
      cwd: folder,
      env
    })
    child = started
    const said: Array<string> = []
    started.stderr.on("data", (chunk: Buffer) => said.push(chunk.toString("utf8")))
    await new Promise<void>((resolve, reject) => {
      started.once("exit", () => reject(new Error(said.join(""))))
      started.stdout.on("data", (chunk: Buffer) => {
        said.push(chunk.toString("utf8"))
        if (said.join("").includes("ready")) resolve()
      })
    })
    // The first call also reads what the second finds in memory.
    const page = async () =>
      (await fetch(`http://127.0.0.1:${port}/`, { headers: { cookie: "rose_session=abc" } })).text()
    await page()
    assert.strictEqual(await page(), "Your cart (3)")
    const id: string = JSON.parse(sample).id
    const timestamp = Math.floor(Date.now() / 1000)
    const headers = sign([Redacted.make(eventKey)], { id, timestamp, body: sample })
    const tell = () =>
      fetch(`http://127.0.0.1:${port}/cart/events`, { method: "POST", headers, body: sample })
    assert.deepStrictEqual([(await tell()).status, (await tell()).status], [204, 204])
    assert.strictEqual(said.join(""), "ready\npaid: RA-7K4M-Q2XD\n")
  }, 60_000)
})
