/** Set by compiling.ts: what makes Node run compiled scripts in place of their sources. */
export const compiledHook = "CART_COMPILED_HOOK"

const hook = process.env[compiledHook]

/**
 * The environment of a process of a test: it runs scripts as they were compiled when the run began. Outside
 * of vitest nothing is compiled, and sources run.
 */
export const compiled: { readonly [name: string]: string } =
  hook === undefined ? {} : { NODE_OPTIONS: `--import=${hook}` }
