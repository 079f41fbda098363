/** The same value, but reading a name it does not have throws: a typo in a view fails its test. */
export const strictly = (value: unknown, name = "vm"): unknown =>
  typeof value !== "object" || value === null
    ? value
    : new Proxy(value, {
        get: (of, key) => {
          if (typeof key === "string" && !(key in of)) throw new Error(`no ${name}.${key}`)
          const found: unknown = Reflect.get(of, key)
          return typeof key === "string" ? strictly(found, `${name}.${key}`) : found
        }
      })
