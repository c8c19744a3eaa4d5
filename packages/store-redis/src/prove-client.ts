import { NoAnswerError, readSet, readYes } from './read-answer.js'
import type { SendCommand } from './redis-client.js'
import { isUnknownScript, shaOf } from './run-script.js'
import { proof } from './scripts/scripts.js'

/** No record has this key: `writeKey` begins nothing with a quotation mark that is not whole JSON. */
const proofKey = '"proof'

/**
 * Sees to it that all that a delivery takes will work, before a claim is granted: a first claim is a plain SET, so a client
 * that may run no scripts, or changes what they answer, would show only when the handler has run. It leaves nothing behind.
 *
 * @throws what the client throws, or NoAnswerError
 */
export async function proveClient(send: SendCommand, prefix: string): Promise<void> {
  const key = prefix + proofKey
  // Both forms are allowed one by one, and a server that knows the script would not show that EVAL is missing.
  const isRun = readYes(await send(['EVAL', proof.text, '1', key, ''], key))
  const [isFound, isWritten] = await Promise.all([
    evalSha(send, key),
    // Nothing is there, so it writes nothing, and is answered as the claim of an event that is known.
    send(['SET', key, 'proof', 'XX', 'PX', '1'], key).then(readSet),
  ])
  if (!isRun || !isFound || isWritten)
    throw new NoAnswerError('The client does not do what the store asks for.')
}

/** A server that has forgotten its scripts meanwhile says so only to who may run them. */
async function evalSha(send: SendCommand, key: string): Promise<boolean> {
  try {
    return readYes(await send(['EVALSHA', await shaOf(proof), '1', key, ''], key))
  } catch (error) {
    if (isUnknownScript(error)) return true
    throw error
  }
}
