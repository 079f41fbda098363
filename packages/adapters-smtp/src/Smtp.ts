import { Mailer, MailFailed } from "@rose-ash/cart-domain/event/Mailer"
import { Effect, Layer, Predicate, Redacted } from "effect"
import { createTransport } from "nodemailer"

/** Which server takes the letters, and whose they are. */
export interface SmtpConfig {
  /** `smtp://user:password@host:587`; `smtps://` for a line that is secret from the first byte. */
  readonly url: Redacted.Redacted
  /** "Rose Ash <orders@rose-ash.example>" */
  readonly from: string
  /** The domain of the letters' ids. */
  readonly host: string
}

/** A whole letter, milliseconds. */
const patience = 5000
const connectionsMost = 2

/** The server's code alone: its sentence may repeat the address. */
const reasonOf = (error: unknown): string => {
  const code = Predicate.hasProperty(error, "responseCode") ? error.responseCode : undefined
  if (typeof code === "number") return `the server answered ${code}`
  return Predicate.hasProperty(error, "code") ? `not sent: ${String(error.code)}` : "not sent"
}

/** Letters by SMTP. */
export const layer = ({ from, host, url }: SmtpConfig): Layer.Layer<Mailer> =>
  Layer.effect(
    Mailer,
    Effect.map(
      Effect.acquireRelease(
        Effect.sync(() =>
          createTransport({
            url: Redacted.value(url),
            pool: true,
            maxConnections: connectionsMost,
            connectionTimeout: patience,
            greetingTimeout: patience,
            socketTimeout: patience,
            disableFileAccess: true,
            disableUrlAccess: true
          })
        ),
        (transport) => Effect.sync(() => transport.close())
      ),
      (transport) =>
        Mailer.of({
          send: ({ html, id, replyTo, subject, text, to }) =>
            Effect.tryPromise({
              try: () =>
                transport.sendMail({
                  from,
                  to: { name: "", address: to },
                  subject,
                  text,
                  html,
                  messageId: `<${id}@${host}>`,
                  headers: { "Auto-Submitted": "auto-generated" },
                  ...(replyTo === null ? {} : { replyTo })
                }),
              catch: (error) => new MailFailed({ reason: reasonOf(error) })
            }).pipe(
              Effect.timeoutOrElse({
                duration: patience,
                orElse: () => Effect.fail(new MailFailed({ reason: "took too long" }))
              }),
              Effect.asVoid
            )
        })
    )
  )
