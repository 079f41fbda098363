import { connect, createServer } from "node:net"
import { type PortName, type Ports, portNames } from "./Settings.ts"

/** Both ways to say localhost: whoever listens on either of them would get the browser's requests. */
const hosts = ["127.0.0.1", "::1"]

const codeOf = (error: Error): unknown => Reflect.get(error, "code")

/** Why nobody can listen there: the system's code, or nothing. */
const trouble = (host: string, port: number): Promise<unknown> =>
  new Promise((resolve) => {
    const server = createServer()
      .once("error", (error) => resolve(codeOf(error)))
      .listen({ host, port, exclusive: true }, () => void server.close(() => resolve(undefined)))
  })

const sentence = (name: PortName, port: number, code: unknown): string | undefined => {
  const { usual, variable } = portNames[name]
  const cure = `set ${variable} to another one, for example ${variable}=${usual + 1000} npm start.`
  if (code === "EADDRINUSE") return `Port ${port} is already in use: stop what uses it, or ${cure}`
  if (code === "EACCES") return `Port ${port} needs more rights than you have: ${cure}`
  return undefined
}

/** One sentence for every port that cannot be had. */
export const takenPorts = async (
  ports: Ports,
  wanted: ReadonlyArray<PortName>
): Promise<ReadonlyArray<string>> => {
  const found = await Promise.all(
    wanted.map(async (name) => {
      const codes = await Promise.all(hosts.map((host) => trouble(host, ports[name])))
      return codes.map((code) => sentence(name, ports[name], code)).find((one) => one !== undefined)
    })
  )
  return found.filter((one) => one !== undefined)
}

/** Whether somebody answers there. */
export const isListening = (host: string, port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host, port })
    const done = (answer: boolean) => {
      socket.destroy()
      resolve(answer)
    }
    socket.once("connect", () => done(true)).once("error", () => done(false))
  })
