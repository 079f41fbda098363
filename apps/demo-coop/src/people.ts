/** Somebody who can log in by pressing a button. */
export interface Person {
  readonly id: string
  readonly name: string
  readonly email: string
  /** What this person looks after. */
  readonly edits?: { readonly page: string; readonly role: "editor" | "treasurer" }
}

const email = (name: string) => `${name}@rose-ash.example`

export const people: ReadonlyArray<Person> = [
  { id: "ada", name: "Ada Ashworth", email: email("ada"), edits: { page: "ash-bakery", role: "editor" } },
  { id: "ben", name: "Ben Barrow", email: email("ben"), edits: { page: "rose-farm", role: "editor" } },
  { id: "cleo", name: "Cleo Carr", email: email("cleo") },
  { id: "dora", name: "Dora Dell", email: email("dora"), edits: { page: "rose-ash", role: "treasurer" } }
]
