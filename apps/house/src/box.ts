import { relative, sep } from "node:path"
import { addresses, type Settings } from "./Settings.ts"

const column = 60

const place = (folder: string | null, root: string): string => {
  if (folder === null) return "Data in the database that DATABASE_URL names."
  const inside = relative(root, folder)
  const name = inside.startsWith("..") ? folder : inside
  return `Data in ${name}${sep} (npm start -- --reset begins again).`
}

/** What people read when everything is about to be there. `folder` is null when the database is not ours. */
export const box = (settings: Settings, folder: string | null, root: string): string => {
  const { blog, cart, events, market, provider } = addresses(settings.ports)
  const rows = [
    ["Buy something", market],
    ["Log in (Ada, Ben, Cleo or Dora)", blog],
    ["Calendars", events],
    ["Your cart", cart],
    ["Your orders", `${cart}/orders`],
    ["Events as they happen", `${blog}/__dev`],
    ["Letters to buyers", `${blog}/__dev/mail`],
    ["Practice payment provider", settings.sumUpBaseUrl ?? `${provider}/_admin`]
  ] as const
  return [
    "  Rose Ash Cart – demo. Practice payments: no money moves.",
    ...rows.map(([what, where]) => `    ${what.padEnd(column - 4)}${where}`),
    `  ${place(folder, root)} Ctrl-C stops everything.`
  ].join("\n")
}
