import { posix } from "node:path"
import type { SourceFile, Violation } from "./Violation.ts"

const scripts = ["build", "typecheck", "lint"]

/**
 * A package that is left out of a check passes it in silence: each one has the scripts that the checks run,
 * and stands, with its tests, in the tsconfig.json that is built. Empty without a root tsconfig.json.
 */
export const checkRepository = (files: ReadonlyArray<SourceFile>): ReadonlyArray<Violation> => {
  const root = files.find(({ path }) => path === "tsconfig.json")
  if (root === undefined) return []
  const manifests = files.filter(({ path }) => /^(packages|apps|examples)\/[^/]+\/package\.json$/.test(path))
  return manifests.flatMap(({ path, text }): ReadonlyArray<Violation> => {
    const folder = posix.dirname(path)
    const missing = [folder, `${folder}/test`].filter((reference) => !root.text.includes(`"${reference}"`))
    const absent = scripts.filter((script) => !text.includes(`"${script}":`))
    return [
      ...missing.map((reference) => `${reference} is not in the references of tsconfig.json`),
      ...absent.map((script) => `no script ${script}`)
    ].map((says) => ({ path, line: 1, rule: "left-out", says }))
  })
}
