import PostalMime from "postal-mime"
import { SMTPServer } from "smtp-server"

/** A letter as people would get it. */
export interface Letter {
  readonly at: Date
  readonly id: string
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html: string
}

const keptMost = 100
const sizeMost = 262_144

/** Takes every letter that the practice cart sends, and shows it to whoever looks: no letter leaves. */
export interface Mailbox {
  readonly newest: () => ReadonlyArray<Letter>
  readonly close: () => Promise<void>
}

const read = async (raw: Buffer): Promise<Letter> => {
  const { html, messageId, subject, text, to } = await PostalMime.parse(raw)
  const [first] = to ?? []
  return {
    at: new Date(),
    id: messageId ?? "",
    to: first?.address ?? "",
    subject: subject ?? "",
    text: text ?? "",
    html: html ?? ""
  }
}

/** Listens for letters on 127.0.0.1; port 0 is any. */
export const openMailbox = (port: number): Promise<Mailbox> =>
  new Promise((resolve, reject) => {
    const letters: Array<Letter> = []
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ["STARTTLS", "AUTH"],
      size: sizeMost,
      onData: (stream, _, done) => {
        const parts: Array<Buffer> = []
        stream.on("data", (part: Buffer) => parts.push(part))
        stream.on("end", () => {
          read(Buffer.concat(parts)).then((letter) => {
            letters.unshift(letter)
            letters.length = Math.min(letters.length, keptMost)
            done()
          }, done)
        })
      }
    })
    server.once("error", reject)
    server.listen(port, "127.0.0.1", () => {
      server.off("error", reject)
      // A client that hangs up in the middle is nobody's trouble.
      server.on("error", () => {})
      const close = () => new Promise<void>((ended) => server.close(() => ended()))
      resolve({ newest: () => letters, close })
    })
  })
