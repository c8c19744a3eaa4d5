import type { SendCommand } from '../client-types.js'
import { readBoolean, readSet, UnreadableAnswerError } from '../read-answer.js'
import { checkClient as script } from '../scripts/check-client.js'
import { isUnknownScript, runByDigest } from '../scripts/run-script.js'

/** No record has this key: `writeKey` begins nothing with a quotation mark that is not whole JSON. */
const unusedKey = '"proof'

/**
 * Ensures, before the first claim is granted, that the client can do everything a delivery needs. A first claim is a plain SET,
 * so a client that may run no scripts, or changes their replies, would only fail when the handler has run. It writes nothing.
 *
 * @throws what the client throws, or UnreadableAnswerError
 */
export async function checkClient(send: SendCommand, prefix: string): Promise<void> {
  const key = prefix + unusedKey
  // EVAL and EVALSHA are two rights, and a server that knows the script would not show that EVAL is missing.
  const runsByText = readBoolean(await send(['EVAL', script.text, '1', key, ''], key))
  const [runsByDigest, hasWritten] = await Promise.all([
    canRunByDigest(send, key),
    // The key does not exist, so XX writes nothing, and the reply is that of a claim of a known event.
    send(['SET', key, 'proof', 'XX', 'PX', '1'], key).then(readSet),
  ])
  if (!runsByText || !runsByDigest || hasWritten) {
    throw new UnreadableAnswerError('The client does not run commands and scripts as Redis does.')
  }
}

/** A server that has lost its scripts meanwhile says so only to a user who may run them. */
async function canRunByDigest(send: SendCommand, key: string): Promise<boolean> {
  try {
    return readBoolean(await runByDigest(send, script, key, ['']))
  } catch (error) {
    if (isUnknownScript(error)) return true
    throw error
  }
}
