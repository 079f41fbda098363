import { join } from "node:path"
import { expect, test, vi } from "vitest"
import { vitest } from "../run/vitest.ts"
import { project } from "./temporary.ts"

// Each starts a runner of its own: on a busy machine that takes its time.
vi.setConfig({ testTimeout: 60_000 })

const config = {
  "vitest.config.ts":
    'export default { test: { include: ["packages/*/test/**/*.test.ts"], allowOnly: false } }'
}
const head = 'import { beforeAll, expect, test } from "vitest"\n'
const passing = `${head}test("passes", () => { expect(1).toBe(1) })\n`

const run = (files: Readonly<Record<string, string>>, ...args: ReadonlyArray<string>) =>
  vitest({ root: project({ ...config, ...files }), args, timeout: 60_000, quiet: true })

const kinds = (problems: ReadonlyArray<string>) => problems.map((problem) => problem.split(":")[0]).sort()

test("a run in which every test passes has no failure", async () => {
  expect(await run({ "packages/a/test/a.test.ts": passing })).toEqual({ passed: 1, failed: 0, problems: [] })
})

test("every way of not passing is a failure of its own", async () => {
  const count = await run({
    "packages/a/test/passing.test.ts": passing,
    "packages/a/test/failing.test.ts": `${head}test("fails", () => { expect(1).toBe(2) })`,
    "packages/a/test/skipped.test.ts": `${head}test.skip("is skipped", () => {})`,
    "packages/a/test/todo.test.ts": `${head}test.todo("is to be written")`,
    "packages/a/test/loading.test.ts": 'import "./missing.ts"',
    "packages/a/test/empty.test.ts": "export {}",
    "packages/a/test/setup.test.ts": `${head}beforeAll(() => { throw new Error("no") })\ntest("waits", () => {})`,
    "packages/a/test/only.test.ts": `${head}test.only("is alone", () => {})`,
    "packages/a/elsewhere.test.ts": passing
  })
  expect(kinds(count.problems)).toEqual([
    "failed",
    "failed",
    "no test in it, or it did not load",
    "no test in it, or it did not load",
    "not run",
    "skipped",
    "skipped",
    "todo"
  ])
  expect(count).toMatchObject({ passed: 1, failed: 8 })
})

test("a run without any test is a failure", async () => {
  expect(await run({})).toMatchObject({ passed: 0, failed: 1 })
})

test("an error outside of tests is a failure", async () => {
  const late = `${passing}void Promise.reject(new Error("nobody waits for it"))`
  const count = await run({ "packages/a/test/a.test.ts": late })
  expect(count).toMatchObject({
    passed: 1,
    failed: 1,
    problems: [expect.stringContaining("outside of tests")]
  })
})

test("a report of an earlier run does not speak for a run that wrote none", async () => {
  const stale = {
    "reports/vitest.json": '{ "testResults": [] }',
    "vitest.config.ts": 'throw new Error("no")'
  }
  const count = await run({ ...stale, "packages/a/test/a.test.ts": passing })
  expect(count).toEqual({ passed: 0, failed: 1, problems: ["vitest wrote no report"] })
})

test("a run that takes too long is stopped and is a failure", async () => {
  const endless = `${head}test("waits", () => new Promise(() => { setInterval(() => {}, 1000) }), 60_000)`
  const root = project({ ...config, "packages/a/test/a.test.ts": endless })
  expect(await vitest({ root, args: [], timeout: 1500, quiet: true })).toMatchObject({ passed: 0, failed: 1 })
})

test("arguments narrow the run to some files or some names", async () => {
  const both = `${passing}test("other", () => {})`
  const files = { "packages/a/test/a.test.ts": both, "packages/b/test/b.test.ts": passing }
  expect(await run(files, join("packages", "b"))).toMatchObject({ passed: 1, failed: 0 })
  expect(await run(files, "-t", "other")).toMatchObject({ passed: 1, failed: 0 })
  expect(await run(files, "-t", "nowhere")).toMatchObject({ passed: 0, failed: 1 })
})
