import { configDefaults, defineConfig } from "vitest/config"
import { LongFirst } from "./scripts/run/LongFirst.ts"

const tests = "{packages,apps,examples}/*/test/**/*"
const timed = "apps/cart-service/test/pages/speed.integration.test.ts"

export default defineConfig({
  ssr: { resolve: { conditions: ["@rose-ash/source"] } },
  test: {
    allowOnly: false,
    // Most files wait for processes, pages and sockets: by default two cores would run one file at a time.
    // One of these four, moneyInMemory, waits nearly all of its time. With four others each takes longer, and
    // what waits for a moment misses it more often.
    maxWorkers: 4,
    sequence: { sequencer: LongFirst },
    // Loading Effect anew for each file took half of the processor time of all unit tests.
    isolate: false,
    // A machine that is busy with more than this must not make anything red.
    testTimeout: 20_000,
    hookTimeout: 30_000,
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: [`${tests}.test.ts`, "scripts/test/**/*.test.ts"],
          exclude: [...configDefaults.exclude, "**/*.integration.test.ts"]
        }
      },
      {
        extends: true,
        test: {
          name: "integration",
          include: [`${tests}.integration.test.ts`],
          exclude: [...configDefaults.exclude, timed],
          globalSetup: [
            "packages/adapters-postgres/test/globalSetup.ts",
            "apps/cart-service/test/compiling.ts",
            "apps/cart-service/test/furnishing.ts"
          ]
        }
      },
      {
        extends: true,
        test: {
          name: "timed",
          include: [timed],
          globalSetup: ["apps/cart-service/test/compiling.ts", "apps/cart-service/test/furnishing.ts"],
          // After all others: what is measured in milliseconds must not share the processors with them.
          sequence: { groupOrder: 1, sequencer: LongFirst }
        }
      }
    ]
  }
})
