import * as PaymentProviderScripted from "@rose-ash/cart-domain/testing/PaymentProviderScripted"
import { World } from "@rose-ash/cart-domain/testing/World"
import { Layer } from "effect"
import { ports } from "../../../packages/adapters-postgres/test/database.ts"
import { accessSuite } from "../../../packages/http-express/test/accessSuite.ts"

accessSuite("postgres", Layer.mergeAll(ports(), PaymentProviderScripted.layer, World.layer))
