import { readFileSync } from "node:fs"

/** Whether a process still runs whose number stands in the first line of this file. */
export const isAlive = (file: string): boolean => {
  try {
    const [pid] = readFileSync(file, "utf8").split("\n")
    return process.kill(Number(pid), 0)
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM" // it runs, as somebody else
  }
}
