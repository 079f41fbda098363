/** A file of the repository: its path from the root, with forward slashes, and its whole text. */
export interface SourceFile {
  readonly path: string
  readonly text: string
}

/** Every rule there is; each has a planted violation in the tests. */
export const rules = [
  "ambient",
  "any",
  "barrel",
  "boundary",
  "cast",
  "conflict",
  "decorator",
  "default-export",
  "directive",
  "enum",
  "file-size",
  "function-size",
  "inline-script",
  "inline-style",
  "left-out",
  "machine-path",
  "parse",
  "promise",
  "raw-html",
  "registry",
  "unfinished",
  "using",
  "width"
] as const

/** The name of a rule. */
export type Rule = (typeof rules)[number]

/** One place where a rule of the house is broken. `line` counts from 1. */
export interface Violation {
  readonly path: string
  readonly line: number
  readonly rule: Rule
  readonly says: string
}

/** The line, counted from 1, that a character offset of a text is on. */
export const lineOf = (text: string, offset: number): number => text.slice(0, offset).split("\n").length

/** Every match of a pattern (with the `g` flag) as a violation of one rule. */
export const matches = (file: SourceFile, rule: Rule, pattern: RegExp, says: string): Array<Violation> =>
  Array.from(file.text.matchAll(pattern), (match) => ({
    path: file.path,
    line: lineOf(file.text, match.index),
    rule,
    says: `${says}: ${match[0].trim().slice(0, 60)}`
  }))
