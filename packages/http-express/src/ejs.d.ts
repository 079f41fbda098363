declare module "ejs" {
  /** A compiled template: data in, text out. */
  export function compile(
    source: string,
    options: Readonly<Record<string, unknown>>
  ): (locals: object) => string
}
