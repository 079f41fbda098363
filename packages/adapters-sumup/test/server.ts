import { createServer, type RequestListener } from "node:http"
import { Effect } from "effect"

/** A server of our own making on a free port of this machine; `seen` are the requests it got. */
export const serving = Effect.fnUntraced(function* (listener: RequestListener) {
  const seen: Array<{ readonly method: string; readonly url: string; readonly authorization: string }> = []
  const server = createServer((request, response) => {
    const { headers, method = "", url = "" } = request
    seen.push({ method, url, authorization: headers.authorization ?? "" })
    listener(request, response)
  })
  yield* Effect.acquireRelease(
    Effect.callback<void>((resume) => {
      server.listen(0, "127.0.0.1", () => resume(Effect.void))
    }),
    () =>
      Effect.callback<void>((resume) => {
        server.close(() => resume(Effect.void))
        server.closeAllConnections()
      })
  )
  const address = server.address()
  const port = typeof address === "object" && address !== null ? address.port : 0
  return { url: `http://127.0.0.1:${port}`, seen }
})
