import { parseSync, Visitor, type VisitorObject } from "oxc-parser"
import { mayAwait, mayBeAmbient } from "./allowed.ts"
import { lineOf, type Rule, type SourceFile, type Violation } from "./Violation.ts"

const linesMax = 200
const functionLinesMax = 40
const columnsMax = 110

type Say = (offset: number, rule: Rule, says: string) => void

const isConfig = (path: string) => path.endsWith(".config.ts") || path.endsWith("/globalSetup.ts")
const isSource = (path: string) => /^(packages|apps|examples)\/[^/]+\/src\//.test(path)

/** Casts, `any`, enums, decorators, default exports, barrels: nowhere. */
const languageVisitor = (path: string, say: Say): VisitorObject => ({
  TSAsExpression: ({ start, typeAnnotation: type }) => {
    const constant =
      type.type === "TSTypeReference" && type.typeName.type === "Identifier" && type.typeName.name === "const"
    if (!constant) say(start, "cast", "a cast hides what the compiler knows")
  },
  TSTypeAssertion: ({ start }) => say(start, "cast", "a cast hides what the compiler knows"),
  TSAnyKeyword: ({ start }) => say(start, "any", "any switches the compiler off"),
  TSEnumDeclaration: ({ start }) => say(start, "enum", "an enum does not run without a compiler"),
  Decorator: ({ start }) => say(start, "decorator", "a decorator does not run without a compiler"),
  ExportDefaultDeclaration: ({ start }) => {
    if (!isConfig(path)) say(start, "default-export", "a default export has no name to search for")
  },
  ExportNamedDeclaration: ({ specifiers, start }) => {
    const isDefault = specifiers.some(({ exported }) => "name" in exported && exported.name === "default")
    if (isDefault && !isConfig(path))
      say(start, "default-export", "a default export has no name to search for")
  },
  ExportAllDeclaration: ({ start }) => say(start, "barrel", "open the file by its path, not through another")
})

/** Promises and what a test could not repeat: only where `allowed.ts` says so. */
const effectVisitor = (path: string, say: Say): VisitorObject => {
  const promise = (start: number) =>
    mayAwait(path) || say(start, "promise", "Effect instead of async and try")
  const ambient = (start: number) =>
    mayBeAmbient(path) || say(start, "ambient", "time, chance and environment are given")
  const asyncFunction = (node: { readonly async: boolean; readonly start: number }) => {
    if (node.async) promise(node.start)
  }
  return {
    FunctionDeclaration: asyncFunction,
    FunctionExpression: asyncFunction,
    ArrowFunctionExpression: asyncFunction,
    AwaitExpression: ({ start }) => void promise(start),
    TryStatement: ({ start }) => void promise(start),
    NewExpression: ({ arguments: given, callee, start }) => {
      if (callee.type === "Identifier" && callee.name === "Date" && given.length === 0) ambient(start)
    },
    MemberExpression: ({ object, property, start }) => {
      if (object.type !== "Identifier" || !("name" in property)) return
      if (["Date.now", "Math.random", "process.env"].includes(`${object.name}.${property.name}`))
        ambient(start)
    },
    VariableDeclaration: ({ kind, start }) => {
      if (isSource(path) && kind.endsWith("using")) say(start, "using", "Node 22 cannot read it")
    }
  }
}

/** A function's own lines: those of the functions written inside it are theirs. */
const sizeVisitor = (text: string, say: Say): VisitorObject => {
  const open: Array<{ nested: number }> = []
  const enter = () => void open.push({ nested: 0 })
  const leave = ({ end, start }: { readonly end: number; readonly start: number }) => {
    const lines = lineOf(text, end) - lineOf(text, start)
    const own = lines + 1 - (open.pop()?.nested ?? 0)
    const outer = open.at(-1)
    if (outer) outer.nested += lines
    if (own > functionLinesMax)
      say(start, "function-size", `${own} lines of its own, at most ${functionLinesMax}`)
  }
  return {
    FunctionDeclaration: enter,
    FunctionExpression: enter,
    ArrowFunctionExpression: enter,
    "FunctionDeclaration:exit": leave,
    "FunctionExpression:exit": leave,
    "ArrowFunctionExpression:exit": leave
  }
}

interface Comment {
  readonly start: number
  readonly end: number
  readonly value: string
}

/** Comments that switch a check off, or that promise work instead of doing it. */
const checkComment = (comment: Comment, say: Say) => {
  if (
    /@ts-(ignore|expect-error|nocheck)|biome-ignore|@effect-diagnostics|knip-ignore|v8 ignore/.test(
      comment.value
    )
  )
    say(comment.start, "directive", "a check that is switched off checks nothing")
  if (/\b(TODO|FIXME|XXX|HACK)\b|not (yet )?implemented|\bfor now\b/i.test(comment.value))
    say(comment.start, "unfinished", "do it, or leave the comment out")
}

/** Biome wraps code but neither comments nor strings: a comment is wrapped by hand, a string may stay. */
const checkWidth = (text: string, comments: ReadonlyArray<Comment>, say: Say) => {
  let offset = 0
  for (const line of text.split("\n")) {
    const edge = offset + columnsMax
    const isComment = comments.some(({ end, start }) => start <= edge && edge < end)
    const mayStay = isComment ? /https?:/.test(line) : /["'`]/.test(line)
    if (line.length > columnsMax && !mayStay) say(offset, "width", `at most ${columnsMax} columns`)
    offset += line.length + 1
  }
}

/** The rules that one TypeScript or JavaScript file keeps or breaks by itself. */
export const checkSource = ({ path, text }: SourceFile): ReadonlyArray<Violation> => {
  const found: Array<Violation> = []
  const say: Say = (offset, rule, says) => found.push({ path, line: lineOf(text, offset), rule, says })
  const { comments, errors, program } = parseSync(path, text)
  for (const error of errors) say(error.labels[0]?.start ?? 0, "parse", error.message)
  for (const visitor of [languageVisitor(path, say), effectVisitor(path, say), sizeVisitor(text, say)])
    new Visitor(visitor).visit(program)
  for (const comment of comments) checkComment(comment, say)
  checkWidth(text, comments, say)
  const lines = text.trimEnd().split("\n").length
  if (lines > linesMax)
    say(text.length, "file-size", `${lines} lines, at most ${linesMax}: is there a second thing in it?`)
  if (/(^|\/)index\.m?[jt]s$/.test(path)) say(0, "barrel", "name the file after what is in it")
  return found
}
