import { readFileSync } from "node:fs"
import { descendants } from "../processes.ts"

/** Milliseconds of one tick of the kernel's clock. */
const tick = 10

const read = (pid: number, file: string): string => {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8")
  } catch {
    return "" // it ended meanwhile
  }
}

/** Milliseconds of processor that a process has used, in itself and in the kernel. Linux only. */
export const cpuOf = (pid: number): number => {
  const fields = read(pid, "stat").split(") ")[1]?.split(" ") ?? []
  return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) * tick
}

/** Of every process of the database, which are this process's own. */
export const databasePids = (): ReadonlyArray<number> =>
  descendants(process.pid)
    .filter(({ command }) => command.startsWith("postgres") || command.includes("/postgres "))
    .map(({ pid }) => pid)

/** MiB of memory that a process holds now. */
export const memoryOf = (pid: number): number =>
  Number(/^VmRSS:\s+(\d+)/m.exec(read(pid, "status"))?.[1] ?? 0) / 1024
