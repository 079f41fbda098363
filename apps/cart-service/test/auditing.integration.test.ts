import { spawnSync } from "node:child_process"
import { fileURLToPath } from "node:url"
import { assert, it } from "@effect/vitest"
import { inject } from "vitest"
import { compiled } from "./compiled.ts"
import { rows } from "./sql.ts"

declare module "vitest" {
  export interface ProvidedContext {
    databaseUrl: string
    databaseTemplate: string
  }
}

const main = fileURLToPath(new URL("../src/main.ts", import.meta.url))
const audit = (url: string) => {
  const line = ["--conditions=@rose-ash/source", main, "audit"]
  const env = {
    ...process.env,
    ...compiled,
    DATABASE_URL: url,
    SECRET_KEY: "practice-secret-of-the-tests-32-bytes-long"
  }
  const { status, stdout } = spawnSync(process.execPath, line, { env, encoding: "utf8", timeout: 60_000 })
  return {
    status,
    breaks: stdout.split("\n").flatMap((text) => (text.startsWith('{"invariant"') ? [text] : []))
  }
}

it("the command audit ends with 0 when all is well, and with 1 and a line a break when not", async () => {
  const server = inject("databaseUrl")
  const name = `cart_audit_${process.pid}`
  await rows(server, `CREATE DATABASE ${name} TEMPLATE ${inject("databaseTemplate")}`)
  const url = Object.assign(new URL(server), { pathname: `/${name}` }).href
  try {
    assert.deepStrictEqual(audit(url), { status: 0, breaks: [] })
    await rows(
      url,
      `INSERT INTO cart.inbox (source, id, type, data, due_at)
        VALUES ('blog', 'm1', 'user.logged_in', '{}', now() - interval '2 hours')`
    )
    assert.deepStrictEqual(audit(url), {
      status: 1,
      breaks: [JSON.stringify({ invariant: "L3", subject: "blog m1", detail: "is not handled" })]
    })
  } finally {
    await rows(server, `DROP DATABASE ${name} WITH (FORCE)`)
  }
}, 60_000)
