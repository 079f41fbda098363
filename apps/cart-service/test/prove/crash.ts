import { Effect } from "effect"
import { setup } from "../compiling.ts"
import type { Kills } from "./killing.ts"
import type { Told } from "./line.ts"

/** The service is killed at every point that a purchase comes by, and at any time; the purchase goes on. */
export const proveCrash = (of: Kills): Effect.Effect<Told> =>
  Effect.promise(async () => {
    // What is killed starts again each time, and takes four times as long as sources. Read after this is set.
    await setup()
    const [{ OwnHouse }, { killing }] = await Promise.all([import("../ownHouse.ts"), import("./killing.ts")])
    const house = await OwnHouse.open()
    try {
      return await killing(house, of)
    } finally {
      await house.close()
    }
  })
