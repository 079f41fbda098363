import { type ChildProcess, spawn } from "node:child_process"
import { assert, describe, it, onTestFinished } from "vitest"
import { readSettings } from "../src/Settings.ts"
import { started } from "./rig.ts"

const main = new URL("../src/main.ts", import.meta.url)

const run = (environment: { readonly [name: string]: string }): ChildProcess => {
  const child = spawn(process.execPath, [main.pathname], {
    env: { ...environment, PATH: process.env["PATH"] ?? "" },
    stdio: ["pipe", "pipe", "pipe"]
  })
  onTestFinished(() => void child.kill("SIGKILL"))
  return child
}

const said = (child: ChildProcess, stream: "stdout" | "stderr", pattern: RegExp): Promise<string> =>
  new Promise((resolve, reject) => {
    let text = ""
    child[stream]?.on("data", (chunk) => {
      text += chunk
      if (pattern.test(text)) resolve(text)
    })
    child.on("exit", () => reject(new Error(`it ended after saying: ${text}`)))
  })

const ended = (child: ChildProcess): Promise<number | null> =>
  new Promise((resolve) => child.on("exit", (code) => resolve(code)))

describe("the process", () => {
  it("listens, is ready, and ends cleanly on SIGTERM", async () => {
    const child = run({ FAKE_SUMUP_PORT: "0" })
    const url = /http:\S+/.exec(await said(child, "stdout", /listening on .*\n/))?.[0]
    assert.strictEqual((await fetch(`${url}/_admin/ready`)).status, 200)
    const code = ended(child)
    child.kill("SIGTERM")
    assert.strictEqual(await code, 0)
  })

  it("ends with whoever holds its standard input, when asked to", async () => {
    const child = run({ FAKE_SUMUP_PORT: "0", STOP_WITH_STDIN: "1" })
    await said(child, "stdout", /listening/)
    const code = ended(child)
    child.stdin?.end()
    assert.strictEqual(await code, 0)
  })

  it("names the port that is taken and the variable that moves it, and exits with 1", async () => {
    const { port } = await started()
    const child = run({ FAKE_SUMUP_PORT: String(port) })
    let text = ""
    child.stderr?.on("data", (chunk) => {
      text += chunk
    })
    assert.strictEqual(await ended(child), 1)
    const sentence = `FAKE_SUMUP_PORT: port ${port} is already taken; set FAKE_SUMUP_PORT to a free one.\n`
    assert.strictEqual(text, sentence)
  })
})

describe("the settings", () => {
  it("are 8010 and one practice merchant when nothing is said", () => {
    assert.deepEqual(readSettings({}), { options: { port: 8010, webhookScale: 1 } })
  })

  it("are read from the environment", () => {
    const merchants = [
      {
        api_key: "practice-key-rose-farm",
        merchant_code: "MROSE",
        country: "IT",
        default_currency: "EUR" as const,
        sandbox: true,
        name: "Rose Farm"
      }
    ]
    const settings = readSettings({
      FAKE_SUMUP_PORT: "9000",
      FAKE_SUMUP_PUBLIC_URL: "http://localhost:9000/",
      FAKE_SUMUP_DATA: "ledger.jsonl",
      FAKE_SUMUP_WEBHOOK_SCALE: "60",
      FAKE_SUMUP_MERCHANTS: JSON.stringify(merchants)
    })
    const publicUrl = "http://localhost:9000"
    const options = { port: 9000, publicUrl, webhookScale: 60, merchants, dataFile: "ledger.jsonl" }
    assert.deepEqual(settings, { options })
  })

  it("that are wrong are all named at once", () => {
    const settings = readSettings({
      FAKE_SUMUP_PORT: "eighty",
      FAKE_SUMUP_PUBLIC_URL: "here",
      FAKE_SUMUP_WEBHOOK_SCALE: "0",
      FAKE_SUMUP_MERCHANTS: '[{"api_key":"practice-key","merchant_code":"M","default_currency":"EUR"},{}]'
    })
    const wrong = "wrong" in settings ? settings.wrong : []
    const variables = ["PORT", "PUBLIC_URL", "WEBHOOK_SCALE", "MERCHANTS"].map((name) => `FAKE_SUMUP_${name}`)
    assert.deepEqual(
      wrong.map((sentence) => sentence.split(" ")[0]),
      variables
    )
  })
})
