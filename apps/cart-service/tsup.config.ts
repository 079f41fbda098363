import base from "../../tsup.config.ts"

/** The configuration file goes along as the one that is used when nobody brings another. */
export default { ...base, publicDir: "../../config" }
