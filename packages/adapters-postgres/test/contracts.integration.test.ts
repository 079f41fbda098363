import * as AdoptionsContract from "@rose-ash/cart-domain/testing/AdoptionsContract"
import * as CalendarEntriesContract from "@rose-ash/cart-domain/testing/CalendarEntriesContract"
import * as CartsContract from "@rose-ash/cart-domain/testing/CartsContract"
import * as CatalogueContract from "@rose-ash/cart-domain/testing/CatalogueContract"
import * as DifferencesContract from "@rose-ash/cart-domain/testing/DifferencesContract"
import * as EventsContract from "@rose-ash/cart-domain/testing/EventsContract"
import * as EventsOperatingContract from "@rose-ash/cart-domain/testing/EventsOperatingContract"
import * as IdentitiesContract from "@rose-ash/cart-domain/testing/IdentitiesContract"
import * as InboxContract from "@rose-ash/cart-domain/testing/InboxContract"
import * as OrdersContract from "@rose-ash/cart-domain/testing/OrdersContract"
import * as PageConfigsContract from "@rose-ash/cart-domain/testing/PageConfigsContract"
import * as ReadinessContract from "@rose-ash/cart-domain/testing/ReadinessContract"
import * as SellerKeysContract from "@rose-ash/cart-domain/testing/SellerKeysContract"
import { vi } from "vitest"
import { ports } from "./database.ts"

// A machine that is busy with more than this must not make it red.
vi.setConfig({ testTimeout: 30_000 })

const real = { excludeTestServices: true }
const layer = ports()

AdoptionsContract.suite("postgres", layer, real)
CalendarEntriesContract.suite("postgres", layer, real)
CartsContract.suite("postgres", layer, real)
DifferencesContract.suite("postgres", layer, real)
CatalogueContract.suite("postgres", layer, real)
EventsContract.suite("postgres", layer, real)
EventsOperatingContract.suite("postgres", layer, real)
IdentitiesContract.suite("postgres", layer, real)
InboxContract.suite("postgres", layer, real)
OrdersContract.suite("postgres", layer, real)
PageConfigsContract.suite("postgres", layer, real)
ReadinessContract.suite("postgres", layer, real)
SellerKeysContract.suite("postgres", layer, real)
