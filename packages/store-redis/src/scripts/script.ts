import { prelude } from './prelude.js'

/** A Lua script on one key. Each returns words, which no client takes for a number or JSON. */
export interface Script {
  readonly text: string
  /** SHA-1 of the text in hex, the script's name on the server; set on first use. */
  sha: string | undefined
}

/** @param before what runs before the prelude, for a shortcut that needs none of it */
export function script(body: string, before = ''): Script {
  return { text: before + prelude + body, sha: undefined }
}
