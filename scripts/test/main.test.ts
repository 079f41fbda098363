import { spawn } from "node:child_process"
import { cpSync, existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, test, vi } from "vitest"
import { command } from "../run/command.ts"
import { project, repository } from "./temporary.ts"

// Each starts a runner of its own: on a busy machine that takes its time.
vi.setConfig({ testTimeout: 60_000 })

const copy = (text: string) => {
  const root = project({
    "vitest.config.ts": 'export default { test: { include: ["packages/*/test/**/*.test.ts"] } }',
    "packages/a/test/a.test.ts": `import { expect, test } from "vitest"\n${text}`
  })
  for (const part of ["test.ts", "run"])
    cpSync(join(repository, "scripts", part), join(root, "scripts", part), { recursive: true })
  return root
}

const run = async (root: string, ...args: ReadonlyArray<string>) => {
  const line = [process.execPath, join(root, "scripts", "test.ts"), ...args]
  const { code, output } = await command(line, { cwd: root, timeout: 60_000, quiet: true })
  return { code, last: output.trimEnd().split("\n").at(-1), output }
}

test("a narrowed run ends with its count and does not claim to be everything", async () => {
  const root = copy('test("passes", () => { expect(1).toBe(1) })')
  expect(await run(root, "packages/a")).toMatchObject({ code: 0, last: "narrowed: 1 passed, 0 failed" })
})

test("one failed test fails the run", async () => {
  const root = copy('test("passes", () => {})\ntest("fails", () => { expect(1).toBe(2) })')
  expect(await run(root, "packages/a")).toMatchObject({ code: 1, last: "narrowed: 1 passed, 1 failed" })
})

test("the checks alone do not claim that a test was run", async () => {
  const { code, last } = await run(copy('test("passes", () => {})'), "--checks")
  expect(code).toBe(1)
  expect(last).toMatch(/^checks: \d passed, \d failed$/)
})

test("each check that does not pass is counted and named, though every test passes", async () => {
  const { code, last, output } = await run(copy('test("passes", () => {})'))
  expect(code).toBe(1)
  expect(last).toMatch(/^\d+ passed, [1-9]\d* failed$/)
  for (const check of ["types", "house", "packages"]) expect(output).toMatch(new RegExp(`^- ${check}: `, "m"))
})

const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

test("SIGTERM in the middle of a test ends the run and leaves no process behind", async () => {
  const root = copy(`import { writeFileSync } from "node:fs"
    test("waits", () => new Promise(() => {
      writeFileSync("worker", String(process.pid))
      setInterval(() => {}, 1000)
    }), 60_000)`)
  const child = spawn(process.execPath, [join(root, "scripts", "test.ts"), "packages/a"], { cwd: root })
  const ended = new Promise((resolve) => child.on("close", resolve))
  await vi.waitUntil(() => existsSync(join(root, "worker")), { timeout: 20_000 })
  const worker = Number(readFileSync(join(root, "worker"), "utf8"))
  expect(isAlive(worker)).toBe(true)
  child.kill("SIGTERM")
  expect(await ended).toBe(143)
  await vi.waitUntil(() => !isAlive(worker), { timeout: 5000 })
})
