import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { expect, it } from "vitest"
import { watchSources } from "../src/watch.ts"

it("a change of source, view, style or configuration restarts the part it belongs to, and nothing else does", async () => {
  const root = mkdtempSync(join(tmpdir(), "cart-watch-"))
  const files = {
    "apps/demo-coop/src/stylesheet.ts": "cooperative",
    "apps/fake-sumup/src/deep/Buyer.ts": "provider",
    "packages/domain/src/order/Order.ts": "cart",
    "packages/http-express/views/partials/line.ejs": "cart",
    "packages/http-express/assets/cart.css": "cart",
    "config/app-config.yaml": "cart",
    "packages/domain/test/order/Order.test.ts": null,
    "docs/adr/0001.md": null
  }
  for (const file of Object.keys(files)) mkdirSync(dirname(join(root, file)), { recursive: true })
  const told: Array<string> = []
  const end = watchSources(root, (part, file) => told.push(`${part} ${file}`))
  try {
    for (const [file, part] of Object.entries(files)) {
      told.length = 0
      writeFileSync(join(root, file), "once")
      writeFileSync(join(root, file), "twice")
      for (let tries = 0; tries < 40 && told.length === 0 && part !== null; tries++) await sleep(50)
      await sleep(250)
      expect(told).toEqual(part === null ? [] : [`${part} ${file}`])
    }
  } finally {
    end()
    rmSync(root, { recursive: true })
  }
}, 30_000)
