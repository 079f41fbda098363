import type { Case } from "./Case.ts"

const view = "packages/http-express/views/cart.ejs"
const layout = "packages/http-express/views/layout.ejs"
const host = ["registry", "npmjs", "org"].join(".")
const home = ["", "home", "rose", "cart"].join("/")
const manifest = (fields: object) => JSON.stringify(fields)

/** Planted in views, manifests, imports and other texts. */
export const repositoryCases: ReadonlyArray<Case> = [
  { rule: "parse", broken: ["const = 1"], kept: ["const a = 1"] },
  {
    rule: "registry",
    broken: [
      ["README.md", `from https://${host}/a`],
      ["pnpm-lock.yaml", "tarball: a"],
      ["a.yml", "own.example.org"]
    ],
    kept: [["README.md", "the npm registry"]]
  },
  {
    rule: "machine-path",
    broken: [
      ["README.md", `see ${home}/docs`],
      ["a.yml", `"/${"work"}/main"`],
      ["README.md", `../${"shared"}/x`]
    ],
    kept: [["README.md", `docs/${"work"}/main and https://example.org${home}/`]]
  },
  { rule: "conflict", broken: [["README.md", `${"<".repeat(7)} HEAD`]], kept: [["README.md", "<<< HEAD"]] },
  {
    rule: "raw-html",
    broken: [
      [view, "<%- name %>"],
      [view, "<%- include(path) %>"],
      [view, '<%- include("/partials/a") + b %>'],
      [view, "<%- vm.body + a %>"]
    ],
    kept: [
      [view, "<%= name %>"],
      [layout, "<%- vm.body %>"],
      [view, '<%- include("/partials/line", { line: vm.lines[0], "a": f(1) }) -%>']
    ]
  },
  {
    rule: "inline-script",
    broken: [
      [view, '<script defer src="/a.js"></script>'],
      [layout, "<script>a()</script>"],
      [layout, '<script src="/a.js"></script>'],
      [view, '<a onclick="a()">']
    ],
    kept: [
      [layout, '<script defer src="<%= vm.asset.js %>"></script>'],
      [view, "<p>one = two</p>"]
    ]
  },
  {
    rule: "inline-style",
    broken: [
      [view, '<p style="color: red">'],
      [view, "<style>p { color: red }</style>"]
    ],
    kept: [[view, '<p class="style">']]
  },
  {
    rule: "boundary",
    broken: [
      'import { readFileSync } from "node:fs"',
      'import { SqlClient } from "effect/sql/SqlClient"',
      'import { PgClient } from "@effect/sql-pg"',
      'import { Order } from "../order/Order.ts"',
      'export { Order } from "../order/Order.ts"',
      'const a = import("../order/Order.ts")',
      'import { CartsMemory } from "../testing/CartsMemory.ts"',
      ["packages/domain/src/utils/Thing.ts", 'import { Effect } from "effect"'],
      ["packages/adapters-sumup/src/SumUp.ts", 'import { FakeSumUp } from "@rose-ash/fake-sumup"'],
      ["packages/adapters-sumup/src/SumUp.ts", 'import { Tx } from "@rose-ash/cart-adapters-postgres"'],
      ["packages/adapters-sumup/src/SumUp.ts", 'import { Tx } from "../../adapters-postgres/src/Tx.ts"'],
      ["packages/adapters-sumup/test/a.test.ts", 'import { Tx } from "../../adapters-postgres/src/Tx.ts"'],
      ["packages/http-express/src/Express.ts", 'import { Postgres } from "@rose-ash/cart-adapters-postgres"'],
      ["apps/fake-sumup/src/main.ts", 'import { Money } from "@rose-ash/cart-domain/money/Money"'],
      ["apps/cart-service/src/main.ts", 'import { NodeRuntime } from "@effect/platform-node"'],
      [
        "packages/domain/package.json",
        manifest({ dependencies: { effect: "catalog:", express: "catalog:" } })
      ],
      ["packages/domain/package.json", manifest({ dependencies: { effect: "^4.1.0" } })],
      ["packages/domain/package.json", manifest({ peerDependencies: { vitest: ">=5" } })],
      [
        "packages/http-express/package.json",
        manifest({ dependencies: { "@rose-ash/cart-adapters-postgres": "workspace:*" } })
      ],
      ["packages/unknown/package.json", manifest({})]
    ],
    kept: [
      'import { Effect } from "effect"\nimport { Money } from "../money/Money.ts"\nimport { b } from "./B.ts"',
      ["packages/domain/src/Domain.ts", 'import { Relay } from "./event/Relay.ts"'],
      [
        "packages/domain/src/testing/prop.ts",
        'import { assert } from "fast-check"\nimport { a } from "../cart/A.ts"'
      ],
      ["apps/fake-sumup/test/a.test.ts", 'import { b } from "../../../packages/adapters-sumup/test/b.ts"'],
      ["packages/adapters-sumup/test/a.test.ts", 'import { FakeSumUp } from "@rose-ash/fake-sumup"'],
      [
        "packages/adapters-sumup/package.json",
        manifest({
          dependencies: { "@rose-ash/cart-domain": "workspace:*" },
          devDependencies: { "@rose-ash/fake-sumup": "workspace:*", ajv: "catalog:" }
        })
      ]
    ]
  }
]
