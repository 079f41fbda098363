/** Why the house does not stand, in sentences that a newcomer can act on. */
export class HouseFailed extends Error {
  readonly sentences: ReadonlyArray<string>

  constructor(sentences: ReadonlyArray<string>) {
    super(sentences.join("\n"))
    this.sentences = sentences
  }
}
