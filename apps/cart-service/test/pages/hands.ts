import type { Page } from "playwright-core"

/** How somebody works a page: every control by its name. */
export interface Hands {
  readonly press: (button: string) => Promise<void>
  readonly follow: (link: string) => Promise<void>
  readonly fill: (field: string, text: string) => Promise<void>
}

/** A mouse, or a finger. */
export const pointer = (page: Page): Hands => ({
  press: (name) => page.getByRole("button", { name, exact: true }).first().click(),
  follow: (name) => page.getByRole("link", { name, exact: true }).first().click(),
  fill: (name, text) => page.getByLabel(name, { exact: true }).first().fill(text)
})

const tabsMost = 120

/**
 * The keyboard alone: Tab until the focus is on the control, which must then be seen to have it. Going round
 * without meeting it is a failure: nobody without a mouse could reach it.
 */
export const keyboard = (page: Page): Hands => {
  const reach = async (role: "button" | "link" | "textbox", name: string): Promise<void> => {
    const wanted = page.getByRole(role, { name, exact: true }).first()
    await wanted.waitFor()
    for (let n = 0; n < tabsMost; n++) {
      await page.keyboard.press("Tab")
      if (await wanted.evaluate((control) => control === control.ownerDocument.activeElement)) {
        const outline: string = await page.evaluate("getComputedStyle(document.activeElement).outline")
        if (outline.includes("none") || outline.includes(" 0px"))
          throw new Error(`${name} has the focus and does not show it`)
        return
      }
    }
    throw new Error(`Tab does not lead to ${name}`)
  }
  return {
    press: async (name) => {
      await reach("button", name)
      await page.keyboard.press("Enter")
    },
    follow: async (name) => {
      await reach("link", name)
      await page.keyboard.press("Enter")
    },
    fill: async (name, text) => {
      await reach("textbox", name)
      await page.keyboard.press("Control+A")
      await page.keyboard.type(text)
    }
  }
}
