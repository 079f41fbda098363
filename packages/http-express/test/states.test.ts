import { afterEach, describe, expect, it } from "vitest"
import { Stage } from "./Stage.ts"
import { states } from "./states.ts"

describe("every state says what it is", () => {
  let stage: Stage | undefined
  afterEach(() => stage?.service.stop())

  it.each(states)("$name", async ({ config, h1, name: _, never = [], says, stage: prepare }) => {
    stage = await Stage.open(config)
    await stage.browser.open(await prepare(stage))
    expect(stage.browser.h1).toMatch(new RegExp(`^${h1}`))
    for (const words of says) expect(stage.browser.text).toContain(words)
    for (const words of never) expect(stage.browser.text).not.toContain(words)
  })
})
