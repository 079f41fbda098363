import { checkImports, checkManifest } from "./boundaryRules.ts"
import { checkRepository } from "./repositoryRules.ts"
import { checkSource } from "./sourceRules.ts"
import { checkText } from "./textRules.ts"
import type { SourceFile, Violation } from "./Violation.ts"

/** Holds files against every rule of the house. `registry` is the host in use, which no file may name. */
export const check = (files: ReadonlyArray<SourceFile>, registry?: string): ReadonlyArray<Violation> => [
  ...checkRepository(files),
  ...files.flatMap((file) => [
    ...checkText(registry)(file),
    ...(/\.(ts|mts|mjs|js)$/.test(file.path) ? [...checkSource(file), ...checkImports(file)] : []),
    ...(/(^|\/)package\.json$/.test(file.path) ? checkManifest(file) : [])
  ])
]
