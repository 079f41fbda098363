import { execFileSync } from "node:child_process"
import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { brokenLinks, brokenNames, type Document, type Repository } from "../docs/claims.ts"
import { repository as root } from "./temporary.ts"

const linesMax = 40

const read = (path: string): string => readFileSync(join(root, path), "utf8")
const listed = execFileSync("git", ["ls-files", "-co", "--exclude-standard"], { cwd: root, encoding: "utf8" })
const files = listed.split("\n").filter((path) => path !== "" && existsSync(join(root, path)))
const texts = (pattern: RegExp) =>
  files.filter((path) => pattern.test(path)).map((path) => ({ path, text: read(path) }))
const documents = texts(/\.md$/)
const sources = texts(
  /(\.(ts|mjs|js|ejs|css|sql|json|ya?ml|sh|example)|(^|\/)(Dockerfile|\.node-version|run))$/
)
const manifest: { readonly scripts: object } = JSON.parse(read("package.json"))

const repository: Repository = {
  files: new Set(files),
  sources: sources
    .filter(({ path }) => !path.startsWith("scripts/docs/") && path !== "scripts/test/docs.test.ts")
    .map(({ text }) => text)
    .join("\n"),
  scripts: new Set(Object.keys(manifest.scripts)),
  documents: new Map(documents.map(({ path, text }) => [path, text]))
}

const decisions = documents.filter(({ path }) => /^docs\/adr\/\d/.test(path))
/** Decisions and the changelog tell of their own time; the other documents of now. */
const current = documents.filter(
  (document) => !decisions.includes(document) && document.path !== "CHANGELOG.md"
)

const inAll = (all: ReadonlyArray<Document>, broken: typeof brokenLinks) =>
  all.flatMap((document) => broken(document, repository).map((says) => `${document.path}: ${says}`))

test("every link of every document leads somewhere", () => {
  expect(documents.length).toBeGreaterThan(0)
  expect(inAll(documents, brokenLinks)).toEqual([])
})

test("every file, route, script and name that a document shows in code font is there", () => {
  expect(current.length).toBeGreaterThan(0)
  expect(inAll(current, brokenNames)).toEqual([])
})

describe("a document that says what is not so is caught:", () => {
  const says = (text: string) => ({ path: "docs/PLANTED.md", text })
  test.each([
    ["a file", "see `packages/domain/src/order/Basket.ts`"],
    ["the end of a path", "`basket/Basket.ts`"],
    ["a script", "run `npm run fly`"],
    ["a route", "`/p/:page/teleport`"],
    ["a name", "the constraint `orders_never_heard_of`"]
  ])("%s that does not exist", (_, text) => {
    expect(brokenNames(says(text), repository)).toHaveLength(1)
  })
  test.each([
    ["a file", "[x](../packages/domain/src/order/Basket.ts)"],
    ["a heading", "[x](../ARCHITECTURE.md#the-moon)"]
  ])("a link to %s that does not exist", (_, text) => {
    expect(brokenLinks(says(text), repository)).toHaveLength(1)
  })
  test("but what another service had may be named where its users come from", () => {
    const text = "## Coming from there\n\n| `models/basket.py` | `packages/domain` |\n"
    expect(brokenNames(says(text), repository)).toEqual([])
  })
})

test("every decision fits on a page, has its four parts and stands in the list", () => {
  const parts = ["Context", "Decision", "Consequences", "What would change our mind"]
  const list = read("docs/adr/README.md")
  const wrong = decisions.filter(({ path, text }) => {
    const file = path.slice("docs/adr/".length)
    const [, number, title] = /^# (\d+)\. (.*)$/m.exec(text) ?? []
    const headings = Array.from(text.matchAll(/^## (.*)$/gm), ([, heading]) => heading)
    const isShort = text.trimEnd().split("\n").length <= linesMax
    const isListed =
      list.includes(`${number}. [${title}](${file})`) && Number(file.split("-")[0]) === Number(number)
    return !(isShort && isListed && headings.join() === parts.join())
  })
  expect(decisions.length).toBeGreaterThan(0)
  expect(wrong.map(({ path }) => path)).toEqual([])
})

test("the documented table of orders has a row for every input and a column for every state", () => {
  const input =
    /export interface Inputs \{([\s\S]*?)^\}/m.exec(read("packages/domain/src/order/Input.ts"))?.[1] ?? ""
  const inputs = Array.from(input.matchAll(/^ {2}readonly (\w+):/gm), ([, name]) => name)
  const states = /OrderState = Schema\.Literals\(\[([^\]]*)\]/.exec(
    read("packages/domain/src/order/Order.ts")
  )?.[1]
  const section = read("ARCHITECTURE.md").split("### Order × input")[1]?.split("\n\n")[2] ?? ""
  const [head = "", , ...rows] = section.split("\n")
  expect(inputs.length).toBeGreaterThan(0)
  expect(rows.map((row) => /^\| `(\w+)`/.exec(row)?.[1])).toEqual(inputs)
  expect(head).toBe(
    `| Input | ${states
      ?.replaceAll('"', "")
      .split(",")
      .map((name) => name.trim())
      .join(" | ")} |`
  )
})
