import { Layer } from "effect"
import * as AdoptionsMemory from "./AdoptionsMemory.ts"
import * as CalendarEntriesMemory from "./CalendarEntriesMemory.ts"
import * as CartsMemory from "./CartsMemory.ts"
import * as CatalogueMemory from "./CatalogueMemory.ts"
import * as DifferencesMemory from "./DifferencesMemory.ts"
import * as EventsMemory from "./EventsMemory.ts"
import * as IdentitiesMemory from "./IdentitiesMemory.ts"
import * as InboxMemory from "./InboxMemory.ts"
import * as OrdersMemory from "./OrdersMemory.ts"
import * as PageConfigsMemory from "./PageConfigsMemory.ts"
import * as ReadinessMemory from "./ReadinessMemory.ts"
import * as SeedsMemory from "./SeedsMemory.ts"
import * as SellerKeysMemory from "./SellerKeysMemory.ts"
import { World } from "./World.ts"

/** Every port but the payment provider, on one `World` that is given: several instances may share it. */
export const layerNoDeps = Layer.mergeAll(
  AdoptionsMemory.layer,
  CalendarEntriesMemory.layer,
  CartsMemory.layer,
  CatalogueMemory.layer,
  DifferencesMemory.layer,
  EventsMemory.layer,
  IdentitiesMemory.layer,
  InboxMemory.layer,
  OrdersMemory.layer,
  PageConfigsMemory.layer,
  SellerKeysMemory.layer,
  SeedsMemory.layer,
  ReadinessMemory.layer
)

/** Every port but the payment provider, and the world they share. */
export const layer = layerNoDeps.pipe(Layer.provideMerge(World.layer))
