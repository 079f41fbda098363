import { rows } from "./sql.ts"

const parts = ["observation", "payment_attempt", "payment", "refund", "money_case", "event", "order_line"]

/** An order is gone from the database as if it had never been written: as from a backup of before it. */
export const forget = async (url: string, number: string): Promise<void> => {
  const id = `(SELECT id FROM cart.orders WHERE number = '${number}')`
  const attempts = `attempt_id IN (SELECT id FROM cart.payment_attempt WHERE order_id = ${id})`
  const gone = parts.map((part) => {
    const of = part === "observation" ? attempts : `order_id = ${id}`
    return `DELETE FROM cart.${part} WHERE ${of};`
  })
  await rows(
    url,
    `DO $$ BEGIN SET LOCAL session_replication_role = replica; ${gone.join(" ")}
      DELETE FROM cart.orders WHERE number = '${number}'; END $$`
  )
}
