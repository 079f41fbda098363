import { defineConfig } from "tsup"

/** One file of JavaScript per module, as `tsc` writes one `.d.ts` per module: `"./*"` exports need both. */
export default defineConfig({
  entry: ["src/**/*.ts"],
  format: "esm",
  target: "node22",
  sourcemap: true,
  splitting: false,
  silent: true,
  dts: false, // tsc -b writes the .d.ts into the same dist
  clean: false,
  esbuildPlugins: [
    {
      name: "one-file-per-module",
      setup: (build) =>
        build.onResolve({ filter: /^\.{1,2}\/.*\.ts$/ }, ({ kind, path }) =>
          kind === "entry-point" ? undefined : { path: path.replace(/\.ts$/, ".js"), external: true }
        )
    }
  ]
})
