import * as CartsContract from "../../src/testing/CartsContract.ts"
import * as Memory from "../../src/testing/Memory.ts"

CartsContract.suite("memory", Memory.layer)
