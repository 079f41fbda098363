/**
 * Where promises may be awaited: at the border to a world that speaks only promises, and outside of packages.
 * Everywhere else an Effect carries failure, interruption and resources.
 */
const awaiting = [
  "packages/adapters-postgres/src/embedded", // starts PostgreSQL before any runtime exists
  "packages/http-express/src/route.ts" // the one bridge from Express's callbacks to the runtime
]

/** Where the clock, chance and the environment may be read directly. */
const ambient = ["packages/adapters-postgres/src/embedded"]

const startsWithOneOf = (path: string, prefixes: ReadonlyArray<string>) =>
  prefixes.some((prefix) => path.startsWith(prefix))
const isPackageSource = (path: string) => /^packages\/[^/]+\/src\//.test(path)

/** Whether `async`, `await` and `try` are allowed in the file at this path. */
export const mayAwait = (path: string): boolean =>
  !(isPackageSource(path) || path.startsWith("apps/cart-service/src/")) || startsWithOneOf(path, awaiting)

/** Whether `Date.now`, `new Date()`, `Math.random` and `process.env` are allowed in the file at this path. */
export const mayBeAmbient = (path: string): boolean =>
  !isPackageSource(path) || startsWithOneOf(path, ambient)
