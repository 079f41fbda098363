import { Effect } from "effect"
import * as Command from "./Command.ts"

const built = import.meta.url.endsWith(".js")
const command = Command.run(process.argv.slice(2), process.env, built)

// The exit code says whether it ended as it should; everything that was opened is closed by then.
Effect.runPromise(command).then((code) => process.exit(code))
