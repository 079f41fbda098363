import { type ChildProcess, spawn } from "node:child_process"
import { randomInt } from "node:crypto"
import { chmodSync, mkdtempSync, rmSync } from "node:fs"
import { createServer } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { compiled } from "./compiled.ts"

const root = fileURLToPath(new URL("../../..", import.meta.url))
const readyWithin = 60_000

/** One port for each part of the house. */
export interface Ports {
  readonly blog: number
  readonly market: number
  readonly cart: number
  readonly events: number
  readonly provider: number
  readonly mail: number
}

interface Options {
  /** The same again: a house that was stopped or killed goes on with what it had. */
  readonly ports?: Ports
  readonly folder?: string
  readonly args?: ReadonlyArray<string>
  /** By `npm start`, as people do it, instead of the launcher alone. */
  readonly npm?: boolean
  readonly env?: { readonly [name: string]: string }
}

/** A house that stands, as `npm start` makes it. */
export interface House {
  readonly ports: Ports
  readonly folder: string
  readonly pid: number
  readonly urls: { readonly [name in keyof Ports]: string }
  /** What it printed so far. */
  readonly output: () => string
  /** Asks it to stop; answers its exit code. */
  readonly stop: () => Promise<number | null>
  /** Kills the launcher alone; what it started must end by itself. */
  readonly kill: () => Promise<void>
  /** Asks it to stop and throws away what it kept. */
  readonly dispose: () => Promise<void>
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer()
      .once("error", () => resolve(false))
      .listen(port, "127.0.0.1", () => server.close(() => resolve(true)))
  })

/**
 * Ports that nobody used a moment ago. Below those that systems give away by themselves: one of these could
 * be anybody's before it is put to use.
 */
export const freePorts = async (): Promise<Ports> => {
  const found = new Set<number>()
  while (found.size < 6) {
    const port = randomInt(20_000, 32_000)
    if (await isFree(port)) found.add(port)
  }
  const [blog = 0, market = 0, cart = 0, events = 0, provider = 0, mail = 0] = found
  return { blog, market, cart, events, provider, mail }
}

/** A folder of its own that PostgreSQL's user can get to as well. */
export const temporaryFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), "cart-house-"))
  chmodSync(folder, 0o755)
  return folder
}

const variables = (ports: Ports, folder: string) => ({
  BLOG_PORT: String(ports.blog),
  MARKET_PORT: String(ports.market),
  PORT: String(ports.cart),
  EVENTS_PORT: String(ports.events),
  FAKE_SUMUP_PORT: String(ports.provider),
  MAIL_PORT: String(ports.mail),
  DATA_DIR: folder,
  DATABASE_URL: "",
  // Nothing outlives the tests, however they end; and no price moves by itself.
  STOP_WITH_STDIN: "1",
  PRACTICE_RISE_SECONDS: "0"
})

/** Starts the launcher and does not wait: for starts that are meant to fail. */
export const spawnHouse = (ports: Ports, folder: string, options: Options = {}): ChildProcess => {
  const { args = [], env = {}, npm = false } = options
  const launcher = ["--conditions=@rose-ash/source", "apps/house/src/main.ts", ...args]
  const command = npm ? ["npm", "start", "--", ...args] : [process.execPath, ...launcher]
  // Who watches sources, and who starts as people do, runs them as they are.
  const asIs = npm || args.includes("--watch")
  return spawn(command[0] ?? "", command.slice(1), {
    cwd: root,
    env: { ...process.env, NODE_ENV: "", ...variables(ports, folder), ...(asIs ? {} : compiled), ...env },
    stdio: ["pipe", "pipe", "pipe"]
  })
}

/** Collects what a process prints, and resolves with its exit code when it is gone. */
export const listen = (child: ChildProcess) => {
  const chunks: Array<string> = []
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding("utf8").on("data", (chunk: string) => chunks.push(chunk))
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve))
  return { ended, output: () => chunks.join("") }
}

/** Starts the whole house on free ports with an empty folder, and waits until it says that it is ready. */
export const startHouse = async (options: Options = {}): Promise<House> => {
  const ports = options.ports ?? (await freePorts())
  const folder = options.folder ?? temporaryFolder()
  const child = spawnHouse(ports, folder, options)
  const { ended, output } = listen(child)
  const at = (port: number) => `http://localhost:${port}`
  const ready = `Ready ${at(ports.cart)}\n`
  const isReady = new Promise<boolean>((resolve) => {
    child.stdout?.on("data", () => output().includes(ready) && resolve(true))
    void ended.then(() => resolve(false))
    setTimeout(() => resolve(false), readyWithin).unref()
  })
  if (!(await isReady)) {
    child.kill("SIGTERM")
    throw new Error(`The house does not stand:\n${output()}`)
  }
  const end = async (signal: "SIGTERM" | "SIGKILL") => {
    child.kill(signal)
    return ended
  }
  const { blog, cart, events, market, provider } = ports
  return {
    ports,
    folder,
    pid: child.pid ?? 0,
    urls: {
      blog: at(blog),
      market: at(market),
      cart: at(cart),
      events: at(events),
      provider: at(provider),
      mail: at(ports.mail)
    },
    output,
    stop: () => end("SIGTERM"),
    kill: async () => void (await end("SIGKILL")),
    dispose: async () => {
      await end("SIGTERM")
      rmSync(folder, { recursive: true, force: true })
    }
  }
}
