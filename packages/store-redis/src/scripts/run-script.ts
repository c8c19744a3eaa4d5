import type { SendCommand } from '../client-types.js'
import type { Script } from './script.js'

/** Runs a script by its digest, and by its text if the server does not have it (yet, or any more). */
export async function runScript(
  send: SendCommand,
  script: Script,
  key: string,
  args: readonly string[],
): Promise<unknown> {
  try {
    return await runByDigest(send, script, key, args)
  } catch (error) {
    if (!isUnknownScript(error)) throw error
    return send(['EVAL', script.text, '1', key, ...args], key)
  }
}

/** Runs a script that the server has; {@link isUnknownScript} recognizes the error if it does not. */
export function runByDigest(
  send: SendCommand,
  script: Script,
  key: string,
  args: readonly string[],
): Promise<unknown> {
  if (script.sha !== undefined) return send(['EVALSHA', script.sha, '1', key, ...args], key)
  return sha1(script.text).then((sha) => {
    script.sha = sha
    return runByDigest(send, script, key, args)
  })
}

/** Redis says `NOSCRIPT No matching script`, and GLIDE's clients `NoScriptError`. Nothing has run then. */
export function isUnknownScript(error: unknown): boolean {
  return error instanceof Error && /\bNOSCRIPT\b|\bNoScriptError\b/.test(error.message)
}

async function sha1(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-1', new TextEncoder().encode(text))
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
