import { spawn } from "node:child_process"
import { chmod, mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { PgClient } from "@effect/sql-pg"
import { Effect } from "effect"
import { afterAll, assert, beforeAll, it } from "vitest"
import { startEmbedded } from "../src/embedded.ts"
import { client } from "./database.ts"

const query = (url: string, text: string): Promise<ReadonlyArray<object>> =>
  Effect.runPromise(
    Effect.provide(
      Effect.flatMap(PgClient.PgClient, (sql) => sql.unsafe(text)),
      client(url, { maxConnections: 1 })
    )
  )

let home = ""
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "cart-embedded-test-"))
  await chmod(home, 0o755)
})
afterAll(() => rm(home, { recursive: true, force: true }))

it("what was written is there after a stop and a start, and was written to the disk", async () => {
  const dataDir = join(home, "kept")
  const first = await startEmbedded({ dataDir })
  await query(first.url, "CREATE TABLE kept AS SELECT 42 AS answer")
  assert.deepStrictEqual(await query(first.url, "SHOW fsync"), [{ fsync: "on" }])
  assert.deepStrictEqual(await query(first.url, "SHOW data_checksums"), [{ data_checksums: "on" }])
  await first[Symbol.asyncDispose]()
  const second = await startEmbedded({ dataDir })
  assert.deepStrictEqual(await query(second.url, "SELECT answer FROM kept"), [{ answer: 42 }])

  const stranger = await startEmbedded({ dataDir }).catch((error: Error) => error.message)
  assert.match(String(stranger), /lock file .* already exists/)
  await second[Symbol.asyncDispose]()
}, 60_000)

it("it ends when its parent is killed, and its data is whole", async () => {
  // The folder of the test before: to make one takes longer than all else here.
  const dataDir = join(home, "kept")
  const script = `import { startEmbedded } from
    ${JSON.stringify(new URL("../src/embedded.ts", import.meta.url).href)}
    const server = await startEmbedded({ dataDir: ${JSON.stringify(dataDir)} })
    console.log(server.url)
    setInterval(() => {}, 1000)`
  const parent = spawn(process.execPath, ["--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"]
  })
  const url = await new Promise<string>((done) =>
    parent.stdout.once("data", (chunk) => done(String(chunk).trim()))
  )
  await query(url, "CREATE TABLE orphaned AS SELECT 43 AS answer")
  parent.kill("SIGKILL")
  const started = async (): Promise<Awaited<ReturnType<typeof startEmbedded>>> => {
    for (let tries = 0; ; tries += 1) {
      try {
        return await startEmbedded({ dataDir })
      } catch (error) {
        if (tries === 50) throw error
        await new Promise((done) => setTimeout(done, 100))
      }
    }
  }
  const again = await started()
  assert.deepStrictEqual(await query(again.url, "SELECT answer FROM orphaned"), [{ answer: 43 }])
  await again[Symbol.asyncDispose]()
}, 60_000)

it("a throw-away server leaves nothing behind", async () => {
  const server = await startEmbedded()
  assert.deepStrictEqual(await query(server.url, "SHOW fsync"), [{ fsync: "off" }])
  const [row] = await query(server.url, "SHOW data_directory")
  await server[Symbol.asyncDispose]()
  const { data_directory } = { data_directory: "", ...row }
  const left = await rm(data_directory, { recursive: true }).then(
    () => true,
    () => false
  )
  assert.isFalse(left)
}, 60_000)
