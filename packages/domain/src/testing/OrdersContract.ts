import { layer } from "@effect/vitest"
import type { Layer } from "effect"
import type { SuiteOptions } from "./contract.ts"
import { attention } from "./OrdersAttentionContract.ts"
import { queue } from "./OrdersDueContract.ts"
import { entryMoves } from "./OrdersEntriesContract.ts"
import { finding } from "./OrdersFindingContract.ts"
import { modifying } from "./OrdersModifyContract.ts"
import { placings } from "./OrdersPlacingContract.ts"
import type { Needs } from "./PlacingRefusalsContract.ts"

/** What every adapter of `Orders` owes. */
export const suite = <E>(name: string, ports: Layer.Layer<Needs, E>, options: SuiteOptions = {}): void =>
  layer(ports, options)(`Orders: ${name}`, (it) => {
    placings(it)
    finding(it)
    modifying(it)
    entryMoves(it)
    queue(it)
    attention(it)
  })

// Not asserted: that observations and audit notes are kept for ever (no port reads them), that frozen lines
// cannot be changed behind the port's back, that deadlines use the store's clock when instances' clocks
// differ, and that a connection lost in mid-write leaves nothing half-written.
