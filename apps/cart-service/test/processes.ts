import { execFileSync } from "node:child_process"
import { existsSync, readdirSync, readFileSync } from "node:fs"
import type { Child } from "@rose-ash/house/Child"

/** A process, its parent, and what it runs. */
export interface Running {
  readonly pid: number
  readonly parent: number
  readonly command: string
}

const text = (path: string): string => {
  try {
    return readFileSync(path, "utf8")
  } catch {
    return "" // it ended while we looked
  }
}

/** Linux tells without a tool, which small containers lack. */
const fromProc = (): ReadonlyArray<Running> =>
  readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((name) => ({
      pid: Number(name),
      parent: Number(/^PPid:\s*(\d+)/m.exec(text(`/proc/${name}/status`))?.[1] ?? -1),
      command: text(`/proc/${name}/cmdline`).replaceAll("\0", " ").trim()
    }))

const fromPs = (): ReadonlyArray<Running> =>
  execFileSync("ps", ["-A", "-o", "pid=,ppid=,command="], { encoding: "utf8" })
    .split("\n")
    .flatMap((row) => {
      const [, pid, parent, command = ""] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(row) ?? []
      return pid === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), command }]
    })

/** Everything that a process started, and what those started. */
export const descendants = (pid: number): ReadonlyArray<Running> => {
  const all = existsSync("/proc/self/status") ? fromProc() : fromPs()
  const below = (parent: number): ReadonlyArray<Running> =>
    all.filter((one) => one.parent === parent).flatMap((one) => [one, ...below(one.pid)])
  return below(pid)
}

const lives = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
  } catch {
    return false
  }
  return !/^State:\s*Z/m.test(text(`/proc/${pid}/status`)) // ended, and only nobody took note of it yet
}

/** Those that still run after a while. */
export const leftOver = async (
  running: ReadonlyArray<Running>,
  within: number
): Promise<ReadonlyArray<Running>> => {
  const deadline = Date.now() + within
  const left = () => running.filter(({ pid }) => lives(pid))
  while (Date.now() < deadline && left().length > 0) await new Promise((resolve) => setTimeout(resolve, 50))
  return left()
}

/** kill -9, unless it is dead already. */
export const killed = async (child: Child | undefined): Promise<unknown> => {
  try {
    if (child?.pid !== undefined) process.kill(child.pid, "SIGKILL")
  } catch {
    // It is no more.
  }
  return child?.ended
}
