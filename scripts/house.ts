// Holds every file of the repository against the rules of the house; prints each broken one and exits 1.
import { execFileSync } from "node:child_process"
import { readFileSync, statSync } from "node:fs"
import { check } from "./house/check.ts"

const sizeMax = 2_000_000
const binary = /\.(png|jpe?g|webp|ico|woff2?|gz|pdf)$/

const git = (...args: ReadonlyArray<string>) =>
  execFileSync("git", [...args], { encoding: "utf8", maxBuffer: 2 ** 26 })
const listed = git("ls-files", "-co", "--exclude-standard", "-z").split("\0")
const files = listed
  .filter((path) => path !== "" && !binary.test(path))
  .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false)
  .filter((path) => statSync(path).size <= sizeMax)
  .map((path) => ({ path, text: readFileSync(path, "utf8") }))

const registry = new URL(execFileSync("pnpm", ["config", "get", "registry"], { encoding: "utf8" }).trim())
  .hostname
const violations = check(files, /^(localhost|127\.|\[)/.test(registry) ? undefined : registry)
for (const { line, path, rule, says } of violations) console.log(`${path}:${line} ${rule}: ${says}`)
console.log(`${files.length} files, ${violations.length} broken rules`)
process.exitCode = violations.length > 0 || files.length === 0 ? 1 : 0
