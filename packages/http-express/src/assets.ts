import { createHash } from "node:crypto"
import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { brotliCompressSync, constants, gzipSync } from "node:zlib"
import { type Href, path } from "./Href.ts"

/** A file that never changes under its name. */
export interface Asset {
  readonly type: string
  readonly bytes: { readonly identity: Buffer; readonly gzip: Buffer; readonly br: Buffer }
}

export interface Assets {
  readonly css: Href
  readonly js: Href
  /** By the last part of their address. */
  readonly files: ReadonlyMap<string, Asset>
  /** The page that is shown when nothing else works, and the digest of its style. */
  readonly unavailable: { readonly html: Buffer; readonly style: string }
}

const folder = new URL("../assets/", import.meta.url)
const read = (name: string): Buffer => readFileSync(new URL(name, folder))
const sha256 = (bytes: Buffer): Buffer => createHash("sha256").update(bytes).digest()

/** Brotli's second best: its best takes twice the time for 2 % less. */
const quality = { [constants.BROTLI_PARAM_QUALITY]: 10 }

/** Compressed when first asked for, and kept: a start that compressed took a tenth of a second longer. */
const compressed = (identity: Buffer): Asset["bytes"] => {
  let gzip: Buffer | undefined
  let br: Buffer | undefined
  return {
    identity,
    get gzip() {
      gzip ??= gzipSync(identity, { level: 9 })
      return gzip
    },
    get br() {
      br ??= brotliCompressSync(identity, {
        params: { ...quality, [constants.BROTLI_PARAM_SIZE_HINT]: identity.length }
      })
      return br
    }
  }
}

const asset = (extension: string, type: string, parts: ReadonlyArray<Buffer>): readonly [string, Asset] => {
  const bytes = Buffer.concat(parts.flatMap((part) => [part, Buffer.from("\n")]))
  const hash = sha256(bytes).toString("hex").slice(0, 8)
  return [`cart.${hash}.${extension}`, { type, bytes: compressed(bytes) }]
}

/** Style and script, named by what is in them. Reads files: call it at the start. */
export const loadAssets = (): Assets => {
  const htmx = readFileSync(fileURLToPath(import.meta.resolve("htmx.org/dist/htmx.min.js")))
  const css = asset("css", "text/css; charset=utf-8", [read("cart.css")])
  const js = asset("js", "text/javascript; charset=utf-8", [htmx, read("enhance.js")])
  const html = read("unavailable.html")
  const style = /<style>([^<]*)<\/style>/.exec(html.toString("utf8"))?.[1] ?? ""
  return {
    css: path`/assets/${css[0]}`,
    js: path`/assets/${js[0]}`,
    files: new Map([css, js]),
    unavailable: { html, style: sha256(Buffer.from(style)).toString("base64") }
  }
}
