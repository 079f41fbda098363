import { type Html, html } from "./html.ts"
import type { Letter } from "./Mailbox.ts"

const moment = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium", timeZone: "Europe/London" })

/** A letter has one link, which opens its order. */
const linkIn = (text: string): string | null => /https?:\/\/\S+/.exec(text)?.[0] ?? null
const link = (text: string): Html | null => {
  const address = linkIn(text)
  return address === null ? null : html`<p><a href="${address}">Open the letter’s link</a></p>`
}

const letter = ({
  at,
  html: page,
  subject,
  text,
  to
}: Letter): Html => html`<li class="card"><div class="body">
<h2>${subject}</h2><p class="muted">To ${to}, ${moment.format(at)}</p>
<iframe sandbox="" srcdoc="${page}" title="${subject}"></iframe>
${link(text)}<details><summary>As plain text</summary><pre>${text}</pre></details></div></li>`

/** Every letter that was sent, the newest first. */
export const lettersView = (letters: ReadonlyArray<Letter>): Html => html`
<p>What the cart writes to buyers. No letter leaves this machine. <a href="/__dev/mail">Look again</a></p>
${letters.length === 0 ? html`<p class="note">No letter yet. Order something in the shop.</p>` : html`<ul class="letters">${letters.map(letter)}</ul>`}`
