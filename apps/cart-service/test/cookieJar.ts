interface Cookie {
  readonly name: string
  readonly value: string
  readonly host: string
  readonly path: string
}

const attribute = (header: string, name: string): string | undefined =>
  new RegExp(`;\\s*${name}=([^;]*)`, "i").exec(header)?.[1]

/** Cookies as a browser keeps them: by host name, whatever the port. */
export class CookieJar {
  #cookies: ReadonlyArray<Cookie> = []

  /** Keeps what an answer sets, and forgets what it takes back. */
  keep(url: URL, headers: ReadonlyArray<string>): void {
    for (const header of headers) {
      const [name = "", ...value] = (header.split(";", 1)[0] ?? "").split("=")
      const cookie = {
        name: name.trim(),
        value: value.join("="),
        host: url.hostname,
        path: attribute(header, "path") ?? "/"
      }
      const isSame = (other: Cookie) =>
        other.name === cookie.name && other.host === cookie.host && other.path === cookie.path
      const expires = attribute(header, "expires")
      const isOver =
        Number(attribute(header, "max-age") ?? 1) <= 0 ||
        (expires !== undefined && Date.parse(expires) <= Date.now())
      this.#cookies = [...this.#cookies.filter((other) => !isSame(other)), ...(isOver ? [] : [cookie])]
    }
  }

  /** What goes along to an address; empty when nothing does. */
  header(url: URL): string {
    return this.#cookies
      .filter(({ host, path }) => host === url.hostname && url.pathname.startsWith(path))
      .map(({ name, value }) => `${name}=${value}`)
      .join("; ")
  }
}
