import type { Server } from "node:http"
import { setFlagsFromString } from "node:v8"
import { runInNewContext } from "node:vm"
import { Inbox } from "@rose-ash/cart-domain/event/Inbox"
import { Orders } from "@rose-ash/cart-domain/order/Orders"
import { Listening } from "@rose-ash/cart-http-express"
import { Effect, Layer } from "effect"
import { breaks } from "../booksPostgres.ts"
import { type Fake, startFake } from "../FakeProcess.ts"
import type { Told } from "../line.ts"
import { freePort, service } from "../service.ts"
import { attacked } from "./attacking.ts"
import { type Hearing, hearing } from "./hearing.ts"
import { houseKeys, houseOf } from "./houses.ts"
import type { Break } from "./judges.ts"
import { longFrom, outcome } from "./outcome.ts"
import { routesOf, serversAt } from "./routesOf.ts"
import { type Rows, rowsOf } from "./rows.ts"
import { shopOf } from "./shop.ts"
import { slowly, slowNames } from "./slow.ts"
import { prepare, type World } from "./world.ts"

export interface Of {
  readonly runs: number
  readonly seed: number
  readonly say: (words: string) => void
  /** Changes what is attacked, and may write: what a test plants has to be named. */
  readonly plant?: (server: Server, write: (statement: string) => Promise<unknown>) => void
  /** Whether connections are held, too, which takes its time. */
  readonly slow?: boolean
}

/** Workers rest while rows are watched: what they write would be laid at somebody's door. */
const resting = (gate: { open: boolean }) => {
  const asked = <A, E, R>(claim: Effect.Effect<ReadonlyArray<A>, E, R>) =>
    Effect.suspend(() => (gate.open ? claim : Effect.succeed([])))
  return Layer.merge(
    Layer.effect(
      Orders,
      Effect.map(Orders, (real) =>
        Orders.of({ ...real, claimDue: (limit, lease) => asked(real.claimDue(limit, lease)) })
      )
    ),
    Layer.effect(
      Inbox,
      Effect.map(Inbox, (real) =>
        Inbox.of({ ...real, claim: (limit, lease) => asked(real.claim(limit, lease)) })
      )
    )
  )
}

const heap = (): number => {
  setFlagsFromString("--expose-gc")
  const collect: unknown = runInNewContext("gc")
  if (typeof collect === "function") collect()
  return Math.round(process.memoryUsage().heapUsed / 2 ** 20)
}

const unheard = `SELECT id, dead_at IS NOT NULL AS dead FROM cart.inbox
  WHERE dead_at IS NOT NULL OR due_at <= now() ORDER BY id LIMIT 20`

/** Workers act on what siblings told, half a minute at most; answers what they could not. */
const worked = async ({ ask }: Rows): Promise<ReadonlyArray<Break>> => {
  let left: ReadonlyArray<{ readonly id: string }> = []
  for (let n = 0; n < 60; n++) {
    await new Promise((resolve) => setTimeout(resolve, 500))
    left = await ask(unheard)
    if (left.length === 0 && n > 2) break
  }
  return left.map(({ id }) => ({ name: "unheard", is: `nobody could act on message ${id}` }))
}

/** What is found where nobody looks during an attack: metrics, and what is stored as it was sent. */
const after = async (
  world: World,
  holding: (texts: ReadonlyArray<string>) => Promise<ReadonlyArray<string>>
) => {
  const { secrets } = world
  const response = await fetch(`http://127.0.0.1:${world.ports.internal}/internal/metrics`, {
    headers: { authorization: `Bearer ${houseKeys.metrics}` }
  })
  const metrics = await response.text()
  const counted = Object.entries(secrets).filter(([, secret]) => secret !== "" && metrics.includes(secret))
  // An address of a buyer is kept with the order, and in no event; anything else is kept nowhere as it is.
  const planted = Object.values(secrets).filter((secret) => secret !== "")
  const kept = await holding(planted.filter((secret) => !secret.includes("@")))
  const mails = await holding(planted.filter((secret) => secret.includes("@")))
  const told = mails.filter((table) => /event|outbox|inbox|observation/.test(table))
  const found: ReadonlyArray<Break> = [
    ...(response.ok ? [] : [{ name: "metrics", is: `metrics are answered ${response.status}` }]),
    ...counted.map(([name]) => ({ name: "metric", is: `${name} stands in the metrics` })),
    ...kept.map((table) => ({ name: "stored", is: `a secret stands as it is in ${table}` })),
    ...told.map((table) => ({ name: "event", is: `an address of a buyer stands in ${table}` }))
  ]
  return found
}

const run = (of: Of, fake: Fake, port: number, heard: Hearing, gate: { open: boolean }) =>
  Effect.gen(function* () {
    const { internalPort } = yield* Listening
    const ports = { public: port, internal: internalPort }
    const servers = yield* Effect.promise(() => serversAt([port, internalPort]))
    const [rows, browsers] = [yield* rowsOf, servers.get(port)]
    if (browsers !== undefined) of.plant?.(browsers, rows.ask)
    const times = Math.max(1, Math.ceil(of.runs / 10_000))
    const held = of.slow === false ? null : slowly(ports, times, of.runs >= longFrom)
    const places = { public: routesOf(browsers), internal: routesOf(servers.get(internalPort)) }
    const shop = yield* shopOf(fake)
    const paths = places.public.map(({ path }) => path)
    const house = houseOf(of.seed)
    const world = yield* Effect.promise(() => prepare({ fake, house, ports, paths, rows, shop }))
    gate.open = false
    yield* Effect.sleep("1 second")
    heard.watch(world.secrets)
    const before = heap()
    const seen = yield* Effect.promise(() => attacked({ ...of, world, rows, places }))
    const slow = yield* Effect.promise(async () => (await held) ?? { held: [], longest: 0, fired: 0 })
    for (const name of slowNames(of.runs >= longFrom)) seen.faults.set(`slow.${name}`, slow.fired)
    gate.open = true
    const found = [
      ...seen.found,
      ...(yield* Effect.promise(() => worked(rows))),
      ...slow.held.map((is) => ({ name: "held", is })),
      ...(yield* Effect.promise(() => after(world, rows.holding))),
      ...(yield* breaks).map((one) => ({ name: one.invariant, is: JSON.stringify(one) })),
      ...heard.found
    ]
    const routes = places.public.length + places.internal.length
    return { ...seen, found, routes, grown: heap() - before, lines: heard.lines(), longest: slow.longest }
  })

/** The rig `hostile`: whatever is sent to whatever address there is, nothing of it does any harm. */
export const proveHostile = (of: Of): Effect.Effect<Told> =>
  Effect.gen(function* () {
    const fake = yield* Effect.acquireRelease(
      Effect.promise(() => startFake()),
      ({ close }) => Effect.promise(close)
    )
    const port = yield* Effect.promise(freePort)
    const heard = yield* Effect.acquireRelease(Effect.sync(hearing), ({ end }) => Effect.sync(end))
    const gate = { open: true }
    const around = (ports: Parameters<Parameters<typeof service>[2]>[0]) =>
      Layer.provideMerge(resting(gate), ports)
    const house = houseOf(of.seed)
    const seen = yield* run(of, fake, port, heard, gate).pipe(
      Effect.provide(service(fake.url, port, around, house.environment)),
      Effect.provide(heard.layer)
    )
    return outcome(of, seen)
  }).pipe(Effect.scoped, Effect.orDie)
