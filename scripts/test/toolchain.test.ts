import { spawn } from "node:child_process"
import { chmodSync, copyFileSync, existsSync, linkSync, readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"
import { folder, repository } from "./temporary.ts"

const read = (path: string) => readFileSync(join(repository, path), "utf8")
const shell = (body: string) => `#!/bin/sh\n${body}\n`
const goodNode = shell("echo v24.21.0,strip")
const goodPnpm = shell('case "$1" in --version) echo 12.21.0;; esac')

/** A clone in which these commands are everything that PATH knows. */
const clone = (commands: Readonly<Record<string, string>>) =>
  folder({
    "toolchain.mjs": read("toolchain.mjs"),
    "package.json": read("package.json"),
    ".node-version": read(".node-version"),
    ...Object.fromEntries(Object.entries(commands).map(([name, text]) => [`bin/${name}`, text]))
  })

interface Options {
  readonly node?: string
  readonly nodeArgs?: ReadonlyArray<string>
  readonly uid?: number
  /** Sends SIGTERM once the output holds this. */
  readonly stopAt?: string
}

const run = (root: string, args: ReadonlyArray<string>, options: Options = {}) =>
  new Promise<{ readonly code: number | null; readonly output: string }>((resolve) => {
    const line = [...(options.nodeArgs ?? []), join(root, "toolchain.mjs"), ...args]
    const user = options.uid === undefined ? {} : { uid: options.uid, gid: options.uid }
    const env = { PATH: join(root, "bin"), HOME: root }
    const child = spawn(options.node ?? process.execPath, line, { cwd: root, env, ...user })
    let output = ""
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (chunk: string) => {
        output += chunk
        if (options.stopAt !== undefined && output.includes(options.stopAt)) child.kill("SIGTERM")
      })
    child.on("close", (code) => resolve({ code, output: output.trim() }))
  })

test("with Node and pnpm at hand nothing is fetched, and the command's exit code comes through", async () => {
  const root = clone({
    node: goodNode,
    pnpm: goodPnpm,
    npm: shell("touch fetched"),
    hello: shell('echo "hi $1"; exit 7')
  })
  expect(await run(root, ["hello", "there"])).toEqual({
    code: 7,
    output: "Installing the packages (once)\nhi there"
  })
  expect(existsSync(join(root, ".toolchain"))).toBe(false)
})

test.each([
  ["an old Node", "echo v22.18.0,strip"],
  ["a Node that cannot run TypeScript", "echo v23.0.0,"],
  ["no Node", "exit 127"]
])("with %s the pinned one is fetched, once", async (_, node) => {
  const npm = shell(
    [
      "echo $* >> ../../asked",
      "/bin/mkdir -p node_modules/.bin",
      "printf '#!/bin/sh\\necho v24.21.0,strip\\n' > node_modules/.bin/node",
      "/bin/chmod +x node_modules/.bin/node"
    ].join("\n")
  )
  const root = clone({ node: shell(node), pnpm: goodPnpm, npm, hello: shell("echo hi") })
  expect((await run(root, ["hello"])).output).toMatch(/^Fetching node-\S+@\S+ into \.toolchain \(once\)\n/)
  expect(await run(root, ["hello"])).toMatchObject({ code: 0, output: "Installing the packages (once)\nhi" })
  expect(readFileSync(join(root, "asked"), "utf8").trim().split("\n")).toHaveLength(1)
  expect(readdirSync(join(root, ".toolchain"))).toEqual(["node_modules"])
})

test("with a pnpm that is too old the pinned one is fetched", async () => {
  const root = clone({ node: goodNode, pnpm: shell("echo 10.34.9"), npm: shell("exit 1") })
  expect((await run(root, ["hello"])).output).toMatch(/^Fetching pnpm@\S+ into \.toolchain \(once\)\n/)
})

test("a platform without a Node to fetch is named, with what to install", async () => {
  const root = clone({ node: shell("echo v20.20.0,"), pnpm: goodPnpm, npm: shell("touch fetched") })
  const other = 'data:text/javascript,Object.defineProperty(process,"platform",{value:"sunos"})'
  const { code, output } = await run(root, ["hello"], { nodeArgs: ["--import", other] })
  expect({ code, output }).toEqual({
    code: 1,
    output: expect.stringMatching(
      /^There is no Node to fetch for sunos-\w+: install Node >=22\.19 and pnpm >=11 yourself/
    )
  })
  expect(existsSync(join(root, "fetched"))).toBe(false)
})

test("a fetched Node that does not run here is named, with what to install", async () => {
  const root = clone({ node: shell("exit 127"), pnpm: goodPnpm, npm: shell("/bin/mkdir -p node_modules") })
  const { code, output } = await run(root, ["hello"])
  expect(code).toBe(1)
  expect(output).toMatch(
    /The fetched \S+ does not run on this system \(\S+\): install Node >=22\.19 and pnpm >=11 yourself/
  )
})

test.each([
  [
    "no network",
    "npm error code ENOTFOUND",
    /the npm registry cannot be reached \(ENOTFOUND\)\. Check network/
  ],
  [
    "a foreign certificate",
    "npm error code SELF_SIGNED_CERT_IN_CHAIN",
    /cannot be reached \(SELF_SIGNED_CERT_IN_CHAIN\)/
  ],
  [
    "no permission",
    "npm error code EACCES\nnpm error path /opt/cache",
    /no permission to write \/opt\/cache \(EACCES\)/
  ],
  ["a full disk", "npm error code ENOSPC", /the disk is full\.$/],
  [
    "something unknown",
    "npm error it rained",
    /npm error it rained\nFetching .* failed, for the reason above\.$/
  ]
])("fetching with %s says so and leaves nothing half-made", async (_, says, expected) => {
  const npm = shell(`/bin/mkdir -p node_modules/half\nprintf '${says.replace("\n", "\\n")}\\n' >&2\nexit 1`)
  const root = clone({ node: shell("echo v20.20.0,"), pnpm: goodPnpm, npm })
  const { code, output } = await run(root, ["hello"])
  expect(code).toBe(1)
  expect(output).toMatch(expected)
  expect(readdirSync(join(root, ".toolchain"))).toEqual([])
})

test("without npm it says what to install", async () => {
  const root = clone({ node: shell("echo v20.20.0,"), pnpm: goodPnpm })
  const { code, output } = await run(root, ["hello"])
  expect(code).toBe(1)
  expect(output).toMatch(/there is no npm on PATH: install Node >=22\.19 and pnpm >=11 yourself\.$/)
})

test.each([
  [
    "no network",
    "Error: ERR_PNPM_META_FETCH_FAIL",
    /^Installing .*cannot be reached \(ERR_PNPM_META_FETCH_FAIL\)/m
  ],
  [
    "a changed manifest",
    "ERR_PNPM_OUTDATED_LOCKFILE",
    /run `node toolchain\.mjs pnpm install`, then try again\.$/
  ]
])("installing with %s says so", async (_, says, expected) => {
  const pnpm = shell(`case "$1" in --version) echo 12.21.0;; *) echo "${says}"; exit 1;; esac`)
  const { code, output } = await run(clone({ node: goodNode, pnpm, hello: shell("echo hi") }), ["hello"])
  expect(code).toBe(1)
  expect(output).toMatch(expected)
})

test("pnpm itself runs without an install before it", async () => {
  const pnpm = shell('case "$1" in --version) echo 12.21.0;; *) echo "pnpm $*";; esac')
  expect(await run(clone({ node: goodNode, pnpm }), ["pnpm", "add"])).toEqual({ code: 0, output: "pnpm add" })
})

test("a command that does not exist is named", async () => {
  const { code, output } = await run(clone({ node: goodNode, pnpm: goodPnpm }), ["hallo"])
  expect(code).toBe(1)
  expect(output).toMatch(/Cannot run hallo: .*ENOENT/)
})

test("a clone that may not be written to is named", async () => {
  const root = clone({ node: goodNode, pnpm: goodPnpm, hello: shell("echo hi") })
  const nobody = process.getuid?.() === 0 ? 65534 : undefined
  const node = join(root, "bin", "runtime")
  try {
    linkSync(process.execPath, node) // this Node may be in a folder that another user cannot enter
  } catch {
    copyFileSync(process.execPath, node)
  }
  chmodSync(root, 0o555)
  const { code, output } = await run(root, ["hello"], {
    node,
    ...(nobody === undefined ? {} : { uid: nobody })
  })
  chmodSync(root, 0o755)
  expect(code).toBe(1)
  expect(output).toMatch(
    /needs to write to \S+, and you may not: clone the repository into a folder of your own\.$/
  )
})

test("SIGTERM reaches the command, and its exit code comes back", async () => {
  const waits = 'process.on("SIGTERM", () => process.exit(3)); setInterval(() => {}, 1000); console.log("up")'
  const root = clone({ node: goodNode, pnpm: goodPnpm })
  const { code } = await run(root, [process.execPath, "-e", waits], { stopAt: "up" })
  expect(code).toBe(3)
})
