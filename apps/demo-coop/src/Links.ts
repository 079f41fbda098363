/** Where the four services are found, as origins without a trailing slash. */
export interface Links {
  readonly blog: string
  readonly market: string
  readonly cart: string
  readonly events: string
}
