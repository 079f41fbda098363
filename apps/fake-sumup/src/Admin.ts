import type { Express } from "express"
import type { Provider } from "./Provider.ts"

export const mountAdmin = (app: Express, _provider: Provider): void => {
  app.get("/_admin/ready", (_, response) => {
    response.json({ ready: true })
  })
}
