import { count } from "./carts.ts"

/** What a page says about what was just done. */
export const notices = {
  added: (quantity: number | null, name: string) =>
    quantity === null ? `Added ${name}.` : `Added ${quantity} × ${name}.`,
  changed: (name: string, quantity: number, page: string, total: string) =>
    `${name}: ${quantity}. ${page} total ${total}.`,
  removed: (name: string) => `Removed ${name}.`,
  undo: "Undo",
  undoOf: (name: string) => `removal of ${name}`,
  putBack: (name: string) => `Put back ${name}.`,
  released: "The place is free again for others.",
  checked: "SumUp was asked. This is what it says.",
  attended: "Done, and kept with the order.",
  cancelled: "Your order is cancelled. No money has been taken.",
  restored: (lines: number) =>
    lines === 0
      ? "Nothing of that order is for sale any more."
      : `${count(lines, "line is", "lines are")} in your cart again.`,
  gone: (lines: number) => `${count(lines, "item is", "items are")} no longer for sale and stayed out.`,
  places: "Places have to be asked for again in the calendar.",
  adopted: (things: number) =>
    `We added ${count(things, "item", "items")} you chose on this device before logging in.`,
  undoOfAdoption: "adding them",
  adoptionUndone: "Taken out again: your cart is as it was before you logged in here.",
  adoptionKept: "There is nothing left to take out.",
  thisItem: "This item"
}
