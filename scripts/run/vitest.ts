import { existsSync, globSync, mkdirSync, readFileSync, rmSync } from "node:fs"
import { join } from "node:path"
import { command } from "./command.ts"
import { type Count, countReport } from "./report.ts"

interface Options {
  readonly root: string
  /** Arguments that narrow the run: then not every test file has to be in the report. */
  readonly args: ReadonlyArray<string>
  readonly timeout: number
  readonly quiet?: boolean
}

const isByName = (arg: string) => /^(-t|--testNamePattern)(=|$)/.test(arg)
const parse = (text: string): unknown => JSON.parse(text)

/** Runs vitest and counts the report it wrote in this run; without a report the run is one failure. */
export const vitest = async ({ args, quiet = false, root, timeout }: Options): Promise<Count> => {
  const reports = join(root, "reports")
  const report = join(reports, "vitest.json")
  mkdirSync(reports, { recursive: true })
  rmSync(report, { force: true }) // an old report must not speak for a run that wrote none
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`]
  const { code } = await command(["vitest", "run", ...reporters, ...args], { cwd: root, timeout, quiet })
  if (!existsSync(report)) return { passed: 0, failed: 1, problems: ["vitest wrote no report"] }
  const everything = globSync("{packages,apps,examples,scripts}/**/*.test.ts", {
    cwd: root,
    exclude: (path) => /(^|\/)(node_modules|dist)(\/|$)/.test(path)
  })
  const files = args.length > 0 ? [] : everything.map((path) => join(root, path))
  return countReport(parse(readFileSync(report, "utf8")), { code, files, filtered: args.some(isByName) })
}
