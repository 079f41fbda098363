interface Arrows {
  /** Workspace packages that its sources may import and its manifest may depend on. */
  readonly uses: ReadonlyArray<string>
  /** Workspace packages that only its tests may import. */
  readonly tests: ReadonlyArray<string>
}

const domain = "@rose-ash/cart-domain"
const client = "@rose-ash/cart-client"
const adapters = ["postgres", "sumup", "smtp"].map((technology) => `@rose-ash/cart-adapters-${technology}`)
const demo = ["demo-coop", "fake-sumup", "house"].map((app) => `@rose-ash/${app}`)

/** The architecture, one row a folder: adapters never import one another, nor the web an adapter. */
export const arrows: Readonly<Record<string, Arrows>> = {
  "packages/domain": { uses: [], tests: [] },
  "packages/adapters-postgres": { uses: [domain], tests: [] },
  "packages/adapters-smtp": { uses: [domain], tests: [] },
  "packages/adapters-sumup": { uses: [domain], tests: ["@rose-ash/fake-sumup"] },
  // The wire as others see it: the server takes its contract from where a sibling takes it.
  "packages/client": { uses: [], tests: [] },
  "packages/http-express": { uses: [domain, client], tests: [] },
  "apps/cart-service": { uses: [domain, client, ...adapters, "@rose-ash/cart-http-express"], tests: demo },
  "apps/fake-sumup": { uses: [], tests: [] },
  "apps/demo-coop": { uses: [client], tests: [] },
  // As another service would: the domain, by what it exports.
  "examples/own-adapters": { uses: [domain], tests: [] },
  "apps/house": { uses: ["@rose-ash/cart-adapters-postgres", "@rose-ash/demo-coop"], tests: [] }
}

/** A domain folder imports only from its own row or an earlier one; files beside the folders from all. */
export const domainRows: ReadonlyArray<ReadonlyArray<string>> = [
  ["text", "money", "time", "health"],
  ["identity", "page", "payment"],
  ["calendar"],
  ["cart"],
  ["order"],
  ["checkout", "event"]
]
