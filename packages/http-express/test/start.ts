import { afterAll } from "vitest"
import type { ExpressConfig } from "../src/Express.ts"
import { type Service, serve } from "./Service.ts"

/** As `serve`; stopped after the file's tests. */
export const start = async (more: Partial<ExpressConfig> = {}): Promise<Service> => {
  const service = await serve(more)
  afterAll(service.stop)
  return service
}
