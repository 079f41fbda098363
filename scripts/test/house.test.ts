import { describe, expect, test } from "vitest"
import { check } from "../house/check.ts"
import { rules } from "../house/Violation.ts"
import type { Given } from "./house/Case.ts"
import { repositoryCases } from "./house/repositoryCases.ts"
import { sourceCases } from "./house/sourceCases.ts"

const cases = [...sourceCases, ...repositoryCases]

const named = (givens: ReadonlyArray<Given>) =>
  givens.map((given) => {
    const [path, text] = typeof given === "string" ? ["packages/domain/src/cart/Cart.ts", given] : given
    return { path, text, title: JSON.stringify(text).slice(0, 80) }
  })

const brokenBy = (path: string, text: string) => [
  ...new Set(check([{ path, text }], "own.example.org").map(({ rule }) => rule))
]

describe.each(cases)("the rule $rule", ({ broken, kept, rule }) => {
  test.each(named(broken))("is broken by $title in $path", ({ path, text }) => {
    expect(brokenBy(path, text)).toEqual([rule])
  })
  test.each(named(kept))("is kept by $title in $path", ({ path, text }) => {
    expect(brokenBy(path, text)).toEqual([])
  })
})

const whole = {
  "tsconfig.json": '{ "references": [{ "path": "apps/house" }, { "path": "apps/house/test" }] }',
  "apps/house/package.json": '{ "scripts": { "build": "a", "typecheck": "b", "lint": "c" } }'
}

test.each([
  ["left-out", { ...whole, "tsconfig.json": '{ "references": [{ "path": "apps/house" }] }' }],
  ["left-out", { ...whole, "tsconfig.json": '{ "references": [{ "path": "apps/house/test" }] }' }],
  ["left-out", { ...whole, "apps/house/package.json": '{ "scripts": { "build": "a", "typecheck": "b" } }' }],
  [undefined, whole]
])("a package that a check would not see is %s", (rule, files) => {
  const found = check(Object.entries(files).map(([path, text]) => ({ path, text })))
  expect(found.map((violation) => violation.rule)).toEqual(rule === undefined ? [] : [rule])
})

test("every rule has been seen to fail", () => {
  expect([...new Set([...cases.map(({ rule }) => rule), "left-out"])].sort()).toEqual([...rules])
})
