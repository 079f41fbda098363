import type { Case } from "./Case.ts"

const lines = (count: number, line = "export const a = 1") => Array(count).fill(line).join("\n")

/** Planted in one source file each. */
export const sourceCases: ReadonlyArray<Case> = [
  {
    rule: "cast",
    broken: [
      "const a = b as string",
      "const a = <string>b",
      "const a = { b: c as unknown }",
      "f(a as const as B)"
    ],
    kept: [
      "const a = [1] as const",
      'import * as A from "effect"\nimport { b as c } from "./D.ts"',
      "// as any\nconst a = ' as string '"
    ]
  },
  {
    rule: "any",
    broken: ["const a: any = 1", "type A = Array<any>"],
    kept: ["const any = 1", "const a = 'any'"]
  },
  { rule: "enum", broken: ["enum A { B }"], kept: ['const A = { B: "b" }'] },
  { rule: "decorator", broken: ["@a class B {}"], kept: ["class B {}"] },
  {
    rule: "default-export",
    broken: ["export default 1", "const a = 1\nexport { a as default }", 'export { default } from "./A.ts"'],
    kept: ["export const a = 1", ["packages/domain/tsup.config.ts", "export default {}"]]
  },
  {
    rule: "barrel",
    broken: ['export * from "./Money.ts"', ["packages/domain/src/cart/index.ts", "export const a = 1"]],
    kept: ['export type { A } from "./Money.ts"']
  },
  {
    rule: "promise",
    broken: [
      "const a = async () => 1",
      "async function f() {}",
      "try { f() } catch {}",
      "await f()",
      "class A { async b() {} }",
      ["apps/cart-service/src/main.ts", "await f()"],
      ["packages/http-express/src/OrderRoutes.ts", "try { f() } finally {}"]
    ],
    kept: [
      "Effect.tryPromise(() => f())",
      "const async = 1",
      ["packages/domain/test/cart/Cart.test.ts", "await f()"],
      ["packages/adapters-postgres/src/embedded.ts", "try { await f() } catch {}"],
      ["apps/fake-sumup/src/main.ts", "await f()"]
    ]
  },
  {
    rule: "ambient",
    broken: [
      "const a = Date.now()",
      "const a = new Date()",
      "const a = Math.random()",
      ["packages/adapters-sumup/src/SumUp.ts", 'const a = process.env["A"]']
    ],
    kept: ["const a = new Date(1)", "// Date.now()", ["apps/house/src/main.ts", "const a = process.env"]]
  },
  { rule: "using", broken: ["using a = b()"], kept: [["packages/domain/test/A.test.ts", "using a = b()"]] },
  {
    rule: "function-size",
    broken: [`const f = () => {\n${lines(39, "g()")}\n}`],
    kept: [
      `const f = () => {\n${lines(38, "g()")}\n}`,
      `const f = () => {\n${lines(3, `h(() => {\n${lines(20, "g()")}\n})`)}\n}`
    ]
  },
  { rule: "file-size", broken: [lines(201)], kept: [`${lines(200)}\n`] },
  {
    rule: "width",
    broken: [`const ${"a".repeat(105)} = 1`, `// ${"a".repeat(108)}`],
    kept: [`const ${"a".repeat(100)} = 1`, `const a = "${"a".repeat(108)}"`]
  },
  {
    rule: "directive",
    broken: ["// @ts-ignore\nf()", "/* @ts-expect-error */ f()", "// biome-ignore lint: why\nf()"],
    kept: ['const a = "@ts-ignore"']
  },
  {
    rule: "unfinished",
    broken: [
      "// TODO later",
      "/** Not yet implemented. */",
      ["packages/adapters-postgres/migrations/1.sql", "-- FIXME"]
    ],
    kept: ["const TODO = 1", "// what is to do when the provider is silent"]
  }
]
