import type { Answer } from "./Answer.ts"
import type { Asked, Caller } from "./Asked.ts"
import { encodeNotice } from "./Notice.ts"
import type { SiteShape } from "./Site.ts"
import type { FrameModel } from "./views/Frame.ts"

/** A response, ready to be written. */
export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Buffer | null
}

const html = "text/html; charset=utf-8"
const plain = "text/plain; charset=utf-8"
const schemaHeaders = {
  "Content-Type": "application/schema+json; charset=utf-8",
  "Cache-Control": "public, max-age=3600"
}
/** How long a notice waits for its page, in seconds. */
const noticeFor = 60

const frameOf = (
  site: SiteShape,
  { identity, staff }: Caller,
  { frame }: Extract<Answer, { readonly _tag: "Page" }>,
  body: string
): FrameModel => {
  const words = site.words.views.frame
  const { notice = null, said = "", title } = frame
  const person = identity?._tag === "Customer" ? identity.name : null
  return {
    title: words.title(`${notice?.kind === "bad" ? words.error : ""}${title}`),
    language: site.words.locale,
    practice: site.config.practice,
    said,
    notice,
    person,
    attends: staff.treasurer || staff.pages.length > 0,
    logIn: person === null ? site.link(site.config.links.blog) : null,
    css: site.assets.css,
    js: site.assets.js,
    body
  }
}

const unavailable = ({ assets }: SiteShape): Reply => ({
  status: 503,
  headers: {
    "Content-Type": html,
    "Content-Security-Policy": `default-src 'none'; style-src 'sha256-${assets.unavailable.style}'; base-uri 'none'; frame-ancestors 'none'`,
    "Retry-After": "10"
  },
  body: assets.unavailable.html
})

/** Renders an answer. A view that throws is a defect: the caller shows the page for those. */
export const reply = (
  site: SiteShape,
  asked: Pick<Asked, "encoding" | "jar">,
  caller: Caller,
  answer: Answer
): Reply => {
  switch (answer._tag) {
    case "Page": {
      const body = site.views.layout(
        frameOf(site, caller, answer, site.views.view(answer.view, answer.model))
      )
      const headers = { "Content-Type": html, ...answer.frame.headers }
      return { status: answer.frame.status ?? 200, headers, body }
    }
    case "See": {
      if (answer.notice !== null) asked.jar.set(site.cookies.notice, encodeNotice(answer.notice), noticeFor)
      return { status: 303, headers: { Location: answer.url }, body: null }
    }
    case "Empty":
      return { status: answer.status, headers: {}, body: null }
    case "Text":
      return { status: answer.status, headers: { "Content-Type": plain }, body: answer.text }
    case "File": {
      const { bytes, type } = answer.asset
      const encoded = asked.encoding === "identity" ? {} : { "Content-Encoding": asked.encoding }
      const cached = { "Cache-Control": "public, max-age=31536000, immutable", Vary: "Accept-Encoding" }
      return {
        status: 200,
        headers: { "Content-Type": type, ...cached, ...encoded },
        body: bytes[asked.encoding]
      }
    }
    case "Schema":
      return { status: 200, headers: schemaHeaders, body: answer.json }
    case "Unavailable":
      return unavailable(site)
  }
}
