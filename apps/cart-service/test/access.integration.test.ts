import * as PaymentProviderScripted from "@rose-ash/cart-domain/testing/PaymentProviderScripted"
import { World } from "@rose-ash/cart-domain/testing/World"
import { Effect, Exit, Layer, Scope } from "effect"
import { afterAll } from "vitest"
import { freshDatabase, portsOn } from "../../../packages/adapters-postgres/test/database.ts"
import { accessSuite } from "../../../packages/http-express/test/accessSuite.ts"

const scope = Scope.makeUnsafe()
const url = await Effect.runPromise(Scope.provide(freshDatabase(), scope))
afterAll(() => Effect.runPromise(Scope.close(scope, Exit.void)))

const provider = Layer.merge(PaymentProviderScripted.layer, World.layer)
/** One process of the service has its own ports, and shares nothing but the database. */
const process = () => Layer.fresh(Layer.merge(portsOn(url), provider))

accessSuite("postgres, two services", process(), process())
