/** A picture without words: shapes on a ground of one colour. */
export interface Drawing {
  readonly ground: string
  readonly shapes: string
}
