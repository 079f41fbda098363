// `npm start`: the whole house in one command. `npm start -- --reset` begins anew; `npm run dev` reloads
// what changes.
import { fileURLToPath } from "node:url"
import { box } from "./box.ts"
import { House, type PartName } from "./House.ts"
import { HouseFailed } from "./HouseFailed.ts"
import { takenPorts } from "./ports.ts"
import { stand, untilGone } from "./remains.ts"
import { addresses, type PortName, readSettings, type Settings } from "./Settings.ts"
import { stopWhen } from "./stopWhen.ts"
import { empty, isInUse, openFolder } from "./storage.ts"
import { watchSources } from "./watch.ts"

const root = fileURLToPath(new URL("../../..", import.meta.url))

const complain = (error: unknown): void => {
  const said = error instanceof HouseFailed ? error.sentences : [error]
  for (const sentence of said) console.error(sentence)
}

/** One reload of a part at a time; what changes meanwhile is reloaded after it. */
const reload = (house: House): void => {
  let last = Promise.resolve()
  watchSources(root, (part: PartName, file: string) => {
    last = last
      .then(() => house.restart(part))
      .then(() => console.log(`Reloaded after a change of ${file}`))
      .catch(complain)
  })
}

const run = async (settings: Settings): Promise<void> => {
  const ours: ReadonlyArray<PortName> = ["blog", "market", "cart", "events"]
  const wanted = settings.sumUpBaseUrl === null ? [...ours, "provider" as const] : ours
  const folder = await openFolder(settings, root)
  await untilGone(
    folder,
    async () => (await isInUse(folder)) || (await takenPorts(settings.ports, wanted)).length > 0
  )
  const taken = await takenPorts(settings.ports, wanted)
  if (taken.length > 0) throw new HouseFailed(taken)
  if (settings.reset) await empty(folder)
  const leave = stand(folder)
  const house = new House(settings, { folder, root }, (failure) => {
    complain(failure)
    if (!settings.watch) end(1)
  })
  const stop = () => house.stop().then(leave)
  const end = (code: number) => void stop().then(() => process.exit(code))
  stopWhen(settings.stopWithStdin, () => end(0))
  await house.start().catch(async (error: unknown) => {
    await stop()
    throw error
  })
  console.log(box(settings, settings.databaseUrl === null ? folder : null, root))
  console.log(`Ready ${addresses(settings.ports).cart}`)
  if (settings.watch) reload(house)
}

process.umask(0o022) // the database runs as another user when root starts it, and must get to its folder
const read = readSettings(process.env, process.argv.slice(2))
try {
  if ("wrong" in read) throw new HouseFailed(read.wrong)
  await run(read.settings)
} catch (error) {
  complain(error)
  process.exit(1)
}
