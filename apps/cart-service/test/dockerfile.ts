import { execFile, spawn } from "node:child_process"
import { cpSync, mkdirSync, readFileSync } from "node:fs"
import { dirname, isAbsolute, join } from "node:path"
import { promisify } from "node:util"

type Environment = { readonly [name: string]: string }

/** A stage of a Dockerfile, its file system below a folder. */
interface Stage {
  readonly name: string
  readonly root: string
  workdir: string
  env: Environment
  user: string
  entrypoint: ReadonlyArray<string>
  command: ReadonlyArray<string>
}

const nobody = 65_534
const stepMost = 180_000

/** Instructions and what follows them; continued lines are one, comments none. */
const parse = (text: string): ReadonlyArray<readonly [instruction: string, rest: string]> =>
  text
    .replaceAll(/\\\n/g, " ")
    .split("\n")
    .filter((line) => line.trim() !== "" && !line.startsWith("#"))
    .map((line) => {
      const [, instruction = "", rest = ""] = /^(\w+)\s+(.*)$/.exec(line) ?? []
      return [instruction, rest.trim()] as const
    })

const list = (json: string): ReadonlyArray<string> => {
  const value: unknown = JSON.parse(json)
  return Array.isArray(value) ? value.map(String) : []
}

/** What this process has, without what a test runner adds: an image starts with less. */
const outside = (): Environment => {
  const { NODE_ENV: _, NODE_OPTIONS: __, ...env } = process.env
  const kept = Object.entries(env).flatMap(([name, value]) =>
    value === undefined || /^(VITEST|npm_)/.test(name) ? [] : [[name, value] as const]
  )
  return Object.fromEntries(kept)
}

/** A pattern of .dockerignore: from the root unless it begins with two stars. */
const matcher = (pattern: string): RegExp => {
  const body = pattern
    .replace(/^\*\*\//, "")
    .replaceAll(".", "\\.")
    .replaceAll("*", "[^/]*")
  return new RegExp(`${pattern.startsWith("**/") ? "(^|/)" : "^"}${body}(/|$)`)
}

/** Whether .dockerignore keeps a path out of what `docker build` sends along. */
export const ignored = (root: string): ((path: string) => boolean) => {
  const lines = readFileSync(join(root, ".dockerignore"), "utf8").split("\n")
  const patterns = lines.filter((line) => line !== "" && !line.startsWith("#")).map(matcher)
  return (path) => patterns.some((pattern) => pattern.test(path))
}

/** The files that `docker build` would send along. */
const contextFiles = async (root: string): Promise<ReadonlyArray<string>> => {
  const { stdout } = await promisify(execFile)("git", ["ls-files", "-co", "--exclude-standard", "-z"], {
    cwd: root
  })
  const isIgnored = ignored(root)
  return stdout.split("\0").filter((path) => path !== "" && !isIgnored(path))
}

/** Runs the steps of a Dockerfile without an engine: each stage in a folder, its base being this machine. */
export class Build {
  readonly #context: string
  readonly #folder: string
  readonly #stages: Array<Stage> = []

  constructor(context: string, folder: string) {
    this.#context = context
    this.#folder = folder
  }

  /** Builds the last stage. Rejects with what a failing step said, and at an instruction it does not know. */
  async run(): Promise<Stage> {
    for (const [instruction, rest] of parse(readFileSync(join(this.#context, "Dockerfile"), "utf8")))
      await this.#step(instruction, rest)
    return this.#stage
  }

  get #stage(): Stage {
    const stage = this.#stages.at(-1)
    if (stage === undefined) throw new Error("A Dockerfile begins with FROM")
    return stage
  }

  async #step(instruction: string, rest: string): Promise<void> {
    if (instruction === "FROM") return this.#from(rest)
    if (instruction === "RUN") return this.#command(rest)
    if (instruction === "COPY") return this.#copy(rest.split(/\s+/))
    const stage = this.#stage
    if (instruction === "WORKDIR") stage.workdir = rest
    else if (instruction === "USER") stage.user = rest
    else if (instruction === "ENTRYPOINT") stage.entrypoint = list(rest)
    else if (instruction === "CMD") stage.command = list(rest)
    else if (instruction === "ENV") {
      const pairs = rest.split(/\s+/).map((pair) => pair.split("=", 2))
      stage.env = { ...stage.env, ...Object.fromEntries(pairs) }
    } else if (instruction !== "EXPOSE" && instruction !== "HEALTHCHECK") {
      throw new Error(`The test does not know how to ${instruction}`)
    }
  }

  #from(rest: string): void {
    const name = /\sAS\s+(\w+)/i.exec(rest)?.[1] ?? `stage${this.#stages.length}`
    const root = join(this.#folder, name)
    mkdirSync(root, { recursive: true, mode: 0o755 })
    this.#stages.push({ name, root, workdir: "/", env: {}, user: "root", entrypoint: [], command: [] })
  }

  async #command(command: string): Promise<void> {
    const { env, root, workdir } = this.#stage
    const cwd = join(root, workdir)
    const options = { cwd, env: { ...outside(), ...env }, timeout: stepMost, maxBuffer: 2 ** 26 }
    await promisify(execFile)("sh", ["-c", command], options).catch((error: unknown) => {
      const said = typeof error === "object" && error !== null ? Reflect.get(error, "stdout") : ""
      throw new Error(`RUN ${command} failed:\n${String(said).slice(-4000)}`, { cause: error })
    })
  }

  async #copy(words: ReadonlyArray<string>): Promise<void> {
    const [source = "", target = ""] = words.filter((word) => !word.startsWith("--"))
    const from = words.find((word) => word.startsWith("--from="))?.slice("--from=".length)
    const { root, workdir } = this.#stage
    const into = join(root, isAbsolute(target) ? "" : workdir, target)
    mkdirSync(into, { recursive: true })
    const copy = (path: string, to: string) => cpSync(path, to, { recursive: true, verbatimSymlinks: true })
    const stage = this.#stages.find(({ name }) => name === from)
    if (stage !== undefined) return copy(join(stage.root, source), into)
    if (source !== ".") return copy(join(this.#context, source), join(into, source))
    for (const path of await contextFiles(this.#context)) {
      mkdirSync(dirname(join(into, path)), { recursive: true })
      copy(join(this.#context, path), join(into, path))
    }
  }
}

/** `docker run` of what was built, as another user where this one is root: nothing may need more. */
export const start = (stage: Stage, env: Environment, command: ReadonlyArray<string> = stage.command) => {
  const [file = "", ...args] = [...stage.entrypoint, ...command]
  const { PATH = "" } = outside()
  const isRoot = process.getuid?.() === 0 && stage.user !== "root"
  return spawn(file, args, {
    cwd: join(stage.root, stage.workdir),
    env: { PATH, ...stage.env, ...env },
    ...(isRoot ? { uid: nobody, gid: nobody } : {}),
    stdio: ["pipe", "pipe", "pipe"]
  })
}
