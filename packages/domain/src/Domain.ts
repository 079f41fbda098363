import { Layer } from "effect"
import { Adoption } from "./cart/Adoption.ts"
import { Shopping } from "./cart/Shopping.ts"
import { Attending } from "./checkout/Attending.ts"
import { Checkout } from "./checkout/Checkout.ts"
import { Forgetting } from "./checkout/Forgetting.ts"
import { Reconciling } from "./checkout/Reconciling.ts"
import { Refunding } from "./checkout/Refunding.ts"
import { Restoring } from "./checkout/Restoring.ts"
import { Settling } from "./checkout/Settling.ts"
import { Sweep } from "./checkout/Sweep.ts"
import { Ids } from "./text/Ids.ts"

/** Every use case, on whatever ports and names are provided. */
export const layerNoIds = Layer.mergeAll(
  Adoption.layer,
  Shopping.layer,
  Checkout.layer,
  Restoring.layer,
  Forgetting.layer,
  Reconciling.layer,
  Attending.layer,
  Sweep.layer
).pipe(Layer.provideMerge(Layer.mergeAll(Settling.layer, Refunding.layer)))

/** Every use case, on whatever ports are provided. */
export const layer = layerNoIds.pipe(Layer.provideMerge(Ids.layer))
