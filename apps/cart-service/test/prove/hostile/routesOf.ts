import { subscribe, unsubscribe } from "node:diagnostics_channel"
import { Server } from "node:http"

/** An address that a router answers, with every method that it takes there. */
export interface Place {
  readonly path: string
  readonly methods: ReadonlyArray<string>
}

const get = (of: unknown, name: string): unknown =>
  (typeof of === "object" && of !== null) || typeof of === "function" ? Reflect.get(of, name) : undefined

const layersOf = (handle: unknown): ReadonlyArray<unknown> => {
  const stack = get(handle, "stack") ?? get(get(handle, "router"), "stack")
  return Array.isArray(stack) ? stack : []
}

/** What an application of Express, or a router in it, answers: out of its own stack. */
const placesOf = (handle: unknown): ReadonlyArray<Place> =>
  layersOf(handle).flatMap((layer) => {
    const route = get(layer, "route")
    if (route === undefined) return placesOf(get(layer, "handle"))
    const methods = Object.keys(Object(get(route, "methods"))).map((method) => method.toUpperCase())
    return [{ path: String(get(route, "path")), methods: methods.filter((method) => method !== "_ALL") }]
  })

/** The servers behind these ports, by their port: each is asked one thing, and Node tells who answers. */
export const serversAt = async (ports: ReadonlyArray<number>): Promise<ReadonlyMap<number, Server>> => {
  const found = new Map<number, Server>()
  const hear = (message: unknown): void => {
    const server = get(message, "server")
    if (!(server instanceof Server)) return
    const address = server.address()
    if (typeof address === "object" && address !== null) found.set(address.port, server)
  }
  subscribe("http.server.request.start", hear)
  for (const port of ports) await (await fetch(`http://127.0.0.1:${port}/livez`)).text()
  unsubscribe("http.server.request.start", hear)
  return found
}

/** Every address of a server, out of what hears its requests. */
export const routesOf = (server: Server | undefined): ReadonlyArray<Place> =>
  (server?.listeners("request") ?? []).flatMap(placesOf)
