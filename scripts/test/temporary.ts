import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { onTestFinished } from "vitest"

/** This repository's root. */
export const repository = fileURLToPath(new URL("../..", import.meta.url))

/** A folder with these files, gone when the test is. A file whose text begins with `#!` can be executed. */
export const folder = (files: Readonly<Record<string, string>>): string => {
  const root = mkdtempSync(join(tmpdir(), "rose-ash-"))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(root, dirname(path)), { recursive: true })
    writeFileSync(join(root, path), text, { mode: text.startsWith("#!") ? 0o755 : 0o644 })
  }
  return root
}

/** The same, with this repository's packages installed. */
export const project = (files: Readonly<Record<string, string>>): string => {
  const root = folder(files)
  symlinkSync(join(repository, "node_modules"), join(root, "node_modules"))
  return root
}
