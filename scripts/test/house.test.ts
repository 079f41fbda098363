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

test("every rule has been seen to fail", () => {
  expect([...new Set(cases.map(({ rule }) => rule))].sort()).toEqual([...rules])
})
