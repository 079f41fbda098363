declare module "ejs" {
  const ejs: {
    /** A compiled template: data in, text out. */
    compile(source: string, options: Readonly<Record<string, unknown>>): (locals: object) => string
    /** Forgets every template that was compiled with `cache`. */
    clearCache(): void
  }
  export = ejs
}
