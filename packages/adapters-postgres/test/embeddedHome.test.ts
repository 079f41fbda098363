import { chmodSync, mkdirSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, assert, describe, it } from "@effect/vitest"
import { embeddedHome, startAtHome } from "../src/embeddedHome.ts"

const isRoot = process.getuid?.() === 0
const message = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => "",
    (error: Error) => error.message
  )

describe("the folder of the embedded database", () => {
  const clone = mkdtempSync(join(tmpdir(), "cart-home-"))
  afterAll(() => rmSync(clone, { recursive: true }))

  it("is the clone's own, or the one that was given, where everybody may enter", async () => {
    chmodSync(clone, 0o755)
    assert.strictEqual(await embeddedHome(undefined, clone), join(clone, ".data"))
    assert.strictEqual(await embeddedHome("kept", clone), join(clone, "kept"))
    assert.strictEqual(await embeddedHome(join(clone, "a"), "/elsewhere"), join(clone, "a"))
  })

  it("is one below /var/lib for root in a clone that only root may enter, and a given one is refused", async () => {
    chmodSync(clone, 0o700)
    const [home, given] = await Promise.all([
      embeddedHome(undefined, clone),
      message(embeddedHome("kept", clone))
    ])
    if (isRoot) {
      assert.match(home, /^\/var\/lib\/rose-ash-cart\/[0-9a-f]{12}$/)
      assert.notStrictEqual(home, await embeddedHome(undefined, join(clone, "other")))
      assert.include(given, `cannot reach DATA_DIR ${join(clone, "kept")}: choose a folder`)
    } else {
      assert.strictEqual(home, join(clone, ".data"))
      assert.strictEqual(given, "")
    }
  })

  it("is said in a sentence when it cannot be made", async () => {
    chmodSync(clone, 0o755)
    mkdirSync(join(clone, "postgres"))
    const said = await message(startAtHome(join(clone, "postgres", "\0")))
    assert.match(
      said,
      /^The embedded PostgreSQL in .* did not start; DATABASE_URL can name another\. It said:\n/
    )
  })
})
