declare module "ejs" {
  const ejs: {
    /** A compiled template: data in, text out. */
    compile(source: string, options: object): (locals: object) => string
    escapeXML(value: unknown): string
  }
  export = ejs
}
