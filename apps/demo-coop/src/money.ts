/** Pence as people read them: 420 is £4.20. */
export const pounds = (minor: number): string =>
  `£${Math.floor(minor / 100)}.${String(minor % 100).padStart(2, "0")}`
