import { BaseSequencer, type TestSpecification } from "vitest/node"

/** What takes longest, longest first: begun last, one of them would run alone at the end. */
const long = [
  // It mostly waits: what it leaves is for the others.
  "moneyInMemory",
  "house.integration",
  "pages/accessible",
  "hostileRig",
  "moneyRig",
  "crash.integration",
  "purchase.integration",
  "telling.integration",
  "production.integration",
  "reconciling.integration",
  "visit.integration",
  "twoProcesses",
  "contracts.integration"
]
const rank = ({ moduleId }: TestSpecification): number => {
  const place = long.findIndex((name) => moduleId.includes(name))
  return place === -1 ? long.length : place
}

/** The usual order, but for files that are known to take long. */
export class LongFirst extends BaseSequencer {
  override async sort(files: Array<TestSpecification>): Promise<Array<TestSpecification>> {
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b))
  }
}
