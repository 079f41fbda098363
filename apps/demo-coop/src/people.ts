/** Somebody who can log in by pressing a button. */
export interface Person {
  readonly id: string
  readonly name: string
  readonly email: string
}

export const people: ReadonlyArray<Person> = [
  { id: "ada", name: "Ada Ashworth", email: "ada@rose-ash.example" },
  { id: "ben", name: "Ben Barrow", email: "ben@rose-ash.example" },
  { id: "cleo", name: "Cleo Carr", email: "cleo@rose-ash.example" },
  { id: "dora", name: "Dora Dell", email: "dora@rose-ash.example" }
]
