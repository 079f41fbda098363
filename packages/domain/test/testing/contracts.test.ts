import { Layer } from "effect"
import * as AdoptionsContract from "../../src/testing/AdoptionsContract.ts"
import * as CalendarEntriesContract from "../../src/testing/CalendarEntriesContract.ts"
import * as CartsContract from "../../src/testing/CartsContract.ts"
import * as CatalogueContract from "../../src/testing/CatalogueContract.ts"
import * as DifferencesContract from "../../src/testing/DifferencesContract.ts"
import * as EventsContract from "../../src/testing/EventsContract.ts"
import * as EventsOperatingContract from "../../src/testing/EventsOperatingContract.ts"
import * as IdentitiesContract from "../../src/testing/IdentitiesContract.ts"
import * as InboxContract from "../../src/testing/InboxContract.ts"
import * as Memory from "../../src/testing/Memory.ts"
import * as OrdersContract from "../../src/testing/OrdersContract.ts"
import * as PageConfigsContract from "../../src/testing/PageConfigsContract.ts"
import * as PaymentProviderContract from "../../src/testing/PaymentProviderContract.ts"
import * as PaymentProviderScripted from "../../src/testing/PaymentProviderScripted.ts"
import * as ProviderSeedsScripted from "../../src/testing/ProviderSeedsScripted.ts"
import * as ReadinessContract from "../../src/testing/ReadinessContract.ts"
import * as SellerKeysContract from "../../src/testing/SellerKeysContract.ts"
import * as SellerProbeContract from "../../src/testing/SellerProbeContract.ts"
import * as SellerProbeScripted from "../../src/testing/SellerProbeScripted.ts"

AdoptionsContract.suite("memory", Memory.layer)
CartsContract.suite("memory", Memory.layer)
DifferencesContract.suite("memory", Memory.layer)
ReadinessContract.suite("memory", Memory.layer)
PageConfigsContract.suite("memory", Memory.layer)
SellerKeysContract.suite("memory", Memory.layer)
CatalogueContract.suite("memory", Memory.layer)
CalendarEntriesContract.suite("memory", Memory.layer)
IdentitiesContract.suite("memory", Memory.layer)
OrdersContract.suite("memory", Memory.layer)
EventsContract.suite("memory", Memory.layer)
EventsOperatingContract.suite("memory", Memory.layer)
InboxContract.suite("memory", Memory.layer)
PaymentProviderContract.suite(
  "scripted",
  ProviderSeedsScripted.layer.pipe(Layer.provideMerge(PaymentProviderScripted.layer))
)
SellerProbeContract.suite(
  "scripted",
  Layer.merge(
    SellerProbeScripted.layer,
    Layer.provide(ProviderSeedsScripted.layer, PaymentProviderScripted.layer)
  )
)
