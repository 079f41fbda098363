// htmx under a strict policy: Trusted Types, no eval, and the plain form whenever the enhanced one fails.
htmx.registerExtension("rose-ash", {
  init(api) {
    function refuse() {
      throw new Error("scripts in attributes are switched off")
    }
    api.initSecurity(
      self.trustedTypes?.createPolicy("htmx", { createHTML: (html) => html, createScript: () => "" }),
      refuse,
      refuse
    )
  }
})
const plainly = ({ detail }) => {
  const form = detail.ctx?.sourceElement
  if (form instanceof HTMLFormElement) form.submit()
}
addEventListener("htmx:error", plainly)
addEventListener("htmx:before:swap", (event) => {
  const { ctx, tasks } = event.detail
  const main = tasks.find(({ type }) => type === "main")
  if (main && ctx.swap !== "none" && !main.fragment.querySelector("#main")) {
    event.preventDefault()
    plainly(event)
  }
})
// A page from the back-forward cache shows what was true then.
addEventListener("pageshow", ({ persisted }) => {
  if (persisted) location.reload()
})
