import { createServer } from "node:net"
import { Deferred, Effect } from "effect"
import { describe, expect, it } from "vitest"
import { serve } from "./Service.ts"
import { Stage } from "./Stage.ts"

const listening = (port: number) =>
  new Promise<{ readonly port: number; readonly close: () => void }>((resolve) => {
    const server = createServer().listen(port, "127.0.0.1", () => {
      const address = server.address()
      resolve({
        port: typeof address === "object" && address !== null ? address.port : 0,
        close: () => server.close()
      })
    })
  })

describe("listening", () => {
  it("a port that is taken is told in one sentence that names the setting", async () => {
    const other = await listening(0)
    await expect(serve({ port: other.port })).rejects.toThrow(
      `Port ${other.port} is taken by another program: stop that one, or set PORT to another number.`
    )
    other.close()
  })

  it("stopping ends what is under way first, and takes nothing new", async () => {
    const stage = await Stage.open()
    const page = await stage.page({ name: "Ash Bakery" })
    await stage.add(await stage.item(page.id, "Rye", 250))
    const gate = Deferred.makeUnsafe<void>()
    stage.service.meanwhile(() => Deferred.await(gate))
    const reading = stage.browser.send(`/p/${page.id}`)
    await new Promise((done) => setTimeout(done, 50))
    const stopping = stage.service.stop()
    await new Promise((done) => setTimeout(done, 50))
    await expect(stage.service.browser().send("/livez")).rejects.toThrow("ECONNREFUSED")
    Effect.runSync(Deferred.succeed(gate, undefined))
    expect((await reading).body).toContain("Rye")
    await stopping
  })

  it("a balancer learns of it before connections are refused, and people are served meanwhile", async () => {
    const stage = await Stage.open({ drainDelay: 200 })
    expect((await stage.browser.send("/readyz")).body).toBe("ready")
    const stopping = stage.service.stop()
    await new Promise((done) => setTimeout(done, 50))
    const seen = await stage.browser.send("/readyz")
    expect([seen.status, seen.body]).toEqual([503, "stopping"])
    expect((await stage.browser.send("/livez")).status).toBe(200)
    expect((await stage.browser.send("/")).status).toBe(200)
    await stopping
    await expect(stage.browser.send("/livez")).rejects.toThrow("ECONNREFUSED")
  })
})
