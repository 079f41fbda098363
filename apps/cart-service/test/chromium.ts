import { execFile } from "node:child_process"
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import { type Browser, chromium } from "playwright-core"

const cache = fileURLToPath(new URL("../../../node_modules/.cache", import.meta.url))
const version = (): string => {
  const manifest = new URL("../package.json", import.meta.resolve("@sparticuz/chromium"))
  const { version }: { readonly version: string } = JSON.parse(readFileSync(manifest, "utf8"))
  return version
}

const here = fileURLToPath(new URL(".", import.meta.url))
const script = 'import chromium from "@sparticuz/chromium"; await chromium.executablePath()'

/**
 * Unpacks browser, libraries and fonts into a folder: some seconds, 220 MB. It goes by the variables of its
 * process, so it has one of its own.
 */
const unpack = async (folder: string): Promise<void> => {
  // With this name of a system it brings the libraries along that small systems lack.
  const env = { ...process.env, TMPDIR: folder, AWS_EXECUTION_ENV: "AWS_Lambda_nodejs24.x" }
  await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", script], { cwd: here, env })
}

/**
 * The configuration that comes along looks for its fonts in /tmp, where another program may have put some or
 * not: without one font Chromium ends at the first letter. This one names the fonts that were unpacked.
 */
const fontsOf = (folder: string): string =>
  `<?xml version="1.0"?>
<fontconfig><dir>${join(folder, "fonts")}</dir><cachedir>${join(folder, "fonts-cache")}</cachedir></fontconfig>
`

/** The unpacked browser, shared by every run of this clone; one that was cut short never bears the name. */
const unpacked = async (): Promise<string> => {
  const folder = join(cache, `chromium-${version()}`)
  if (existsSync(folder)) return folder
  mkdirSync(cache, { recursive: true })
  const own = mkdtempSync(join(cache, "chromium-"))
  try {
    await unpack(own)
    writeFileSync(join(own, "fonts", "fonts.conf"), fontsOf(folder))
    renameSync(own, folder)
  } catch (error) {
    rmSync(own, { recursive: true, force: true })
    if (!existsSync(folder)) throw error // else somebody else was faster
  }
  return folder
}

/**
 * A headless Chromium with its defences up: policies, origins and cookies are held as in anybody's browser.
 * CHROMIUM_PATH names another one; without it Linux is needed.
 */
export const startChromium = async (): Promise<Browser> => {
  const given = process.env["CHROMIUM_PATH"]
  if (given) return chromium.launch({ executablePath: given })
  if (process.platform !== "linux") throw new Error("Set CHROMIUM_PATH to a Chromium or Chrome of yours")
  const folder = await unpacked()
  return chromium.launch({
    executablePath: join(folder, "chromium"),
    // It may run as root, where Chromium's own sandbox cannot.
    args: ["--no-sandbox", "--disable-gpu"],
    env: {
      ...process.env,
      FONTCONFIG_PATH: join(folder, "fonts"),
      LD_LIBRARY_PATH: join(folder, "al2023", "lib")
    }
  })
}
