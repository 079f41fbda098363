import { accessSuite } from "./accessSuite.ts"

accessSuite("memory")
