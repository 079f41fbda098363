import { PageConfig, PageNotFound } from "@rose-ash/cart-domain/page/PageConfig"
import { PageConfigs } from "@rose-ash/cart-domain/page/PageConfigs"
import { Effect, Layer, Schema } from "effect"
import { pageJson, pageTables } from "./pageSql.ts"
import { reader } from "./rows.ts"
import { Tx } from "./Tx.ts"

const page = reader("PageConfigs.get", PageConfig)
const pages = reader("PageConfigs.list", Schema.Array(PageConfig))

/** How pages are paid. */
export const layer = Layer.effect(
  PageConfigs,
  Effect.map(Tx, ({ one, sql }) => {
    const [ofPage, tables] = [sql.literal(pageJson), sql.literal(pageTables)]
    return PageConfigs.of({
      get: (id) =>
        one(
          { name: "PageConfigs.get", idempotentBy: "read" },
          sql<{ page: unknown }>`SELECT ${ofPage} AS page FROM ${tables} WHERE p.id = ${id}`
        ).pipe(
          Effect.flatMap(([row]) =>
            row === undefined ? Effect.fail(new PageNotFound({ pageId: id })) : page(row.page)
          )
        ),
      list: one(
        { name: "PageConfigs.list", idempotentBy: "read" },
        sql<{ page: unknown }>`SELECT ${ofPage} AS page FROM ${tables} ORDER BY p.name, p.id LIMIT 1000`
      ).pipe(Effect.flatMap((rows) => pages(rows.map((row) => row.page)))),
      save: ({ acceptsLate, contact, currency, id, name, paused, refundsAlone, url }) =>
        one(
          { name: "PageConfigs.save", idempotentBy: "page id" },
          sql`INSERT INTO cart.page_config
                (id, name, currency, paused, accepts_late, refunds_alone, contact, url)
              VALUES
                (${id}, ${name}, ${currency}, ${paused}, ${acceptsLate}, ${refundsAlone}, ${contact}, ${url})
              ON CONFLICT (id) DO UPDATE SET name = excluded.name, currency = excluded.currency,
                paused = excluded.paused, accepts_late = excluded.accepts_late,
                refunds_alone = excluded.refunds_alone, contact = excluded.contact, url = excluded.url,
                changed_at = now()`
        ).pipe(Effect.asVoid),
      pause: (id, credentialId) =>
        one(
          { name: "PageConfigs.pause", idempotentBy: "page id" },
          sql`UPDATE cart.page_config SET paused = true, changed_at = now()
            WHERE id = ${id} AND credential_id = ${credentialId} AND NOT paused`
        ).pipe(Effect.asVoid)
    })
  })
)
