import type { SendCommand } from './redis-client.js'
import type { Script } from './scripts/scripts.js'

/** Runs a script by its digest, and by its text where the server does not know it (yet, or any more). */
export async function runScript(
  send: SendCommand,
  script: Script,
  key: string,
  args: readonly string[],
): Promise<unknown> {
  try {
    return await send(['EVALSHA', await shaOf(script), '1', key, ...args], key)
  } catch (error) {
    if (!isUnknownScript(error)) throw error
    return send(['EVAL', script.text, '1', key, ...args], key)
  }
}

/** Redis says `NOSCRIPT No matching script`, and GLIDE's clients have a name of their own for that. Nothing has run then. */
export function isUnknownScript(error: unknown): boolean {
  return error instanceof Error && /\bNOSCRIPT\b|\bNoScriptError\b/.test(error.message)
}

/** The digest by which a server knows the script. */
export async function shaOf(script: Script): Promise<string> {
  script.sha ??= await sha1(script.text)
  return script.sha
}

async function sha1(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-1', new TextEncoder().encode(text))
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
