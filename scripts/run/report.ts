/** What a run comes to. Every failed item has a sentence in `problems`. */
export interface Count {
  readonly passed: number
  readonly failed: number
  readonly problems: ReadonlyArray<string>
}

interface Expected {
  /** Test files that must be in the report, as absolute paths. */
  readonly files: ReadonlyArray<string>
  /** The runner's exit code: a run that failed without a failed test has failed all the same. */
  readonly code: number | null
  /** Whether tests were left out on purpose, by a name pattern on the command line. */
  readonly filtered: boolean
}

const field = (value: unknown, name: string): unknown =>
  typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined
const list = (value: unknown): ReadonlyArray<unknown> => (Array.isArray(value) ? value : [])

const countFile = (result: unknown, filtered: boolean): Count => {
  const file = `${field(result, "name")}`
  const tests = list(field(result, "assertionResults"))
  const ran = tests.filter((test) => !(filtered && field(test, "status") === "skipped"))
  const bad = ran.filter((test) => field(test, "status") !== "passed")
  const problems = bad.map((test) => `${field(test, "status")}: ${file}: ${field(test, "fullName")}`)
  if (tests.length === 0) problems.push(`no test in it, or it did not load: ${file}`)
  else if (bad.length === 0 && field(result, "status") !== "passed")
    problems.push(`failed outside of its tests: ${file}`)
  return { passed: ran.length - bad.length, failed: problems.length, problems }
}

/**
 * Counts vitest's JSON report. A skipped test, a file that did not load, was not run or holds no test, an
 * error outside of tests and a run without any test are failures.
 */
export const countReport = (report: unknown, { code, files, filtered }: Expected): Count => {
  const results = list(field(report, "testResults"))
  const counts = results.map((result) => countFile(result, filtered))
  const problems = counts.flatMap((count) => count.problems)
  const seen = new Set(results.map((result) => field(result, "name")))
  for (const file of files) if (!seen.has(file)) problems.push(`not run: ${file}`)
  const passed = counts.reduce((sum, count) => sum + count.passed, 0)
  if (passed === 0 && problems.length === 0) problems.push("not one test was run")
  if (code !== 0 && problems.length === 0)
    problems.push(`the runner failed outside of tests (exit code ${code})`)
  return { passed, failed: problems.length, problems }
}
