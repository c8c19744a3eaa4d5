import { createSender } from '@countersign/testing'

/** @typedef {import('@countersign/testing').SignedRequest} SignedRequest */

const hourMs = 3_600_000
/** Older than the tolerance of every sender: Visisto retries for three days. */
const tooOldMs = 80 * hourMs

/**
 * One delivery for each case, signed by the reference sender.
 *
 * @param {import('./senders.js').DemoSender} demoSender
 * @param {string} url
 * @returns {Readonly<Record<string, SignedRequest>>}
 */
export function makeDeliveries({ scheme, secret, otherSecret }, url) {
  const sender = createSender({ scheme, secret })
  const good = sender.sign({ url })
  return {
    'good delivery': good,
    duplicate: good,
    forged: sender.sign({ url, secret: otherSecret }),
    'tampered body': changeOneLetter(sender.sign({ url })),
    'missing proof': sender.sign({ url, omitProof: true }),
    stale: sender.sign({ url, timestamp: Date.now() - tooOldMs }),
    'in the future': sender.sign({ url, timestamp: Date.now() + hourMs }),
  }
}

/**
 * Changes a letter of a value after signing, so that the body is still valid JSON.
 *
 * @param {SignedRequest} request
 * @returns {SignedRequest}
 */
function changeOneLetter(request) {
  const text = Buffer.from(request.body).toString('utf8')
  const changed = text.replace(/[a-z](?="[,}])/, (letter) => (letter === 'x' ? 'y' : 'x'))
  if (changed === text) throw new Error('The delivery has no text to change.')
  return { ...request, body: Buffer.from(changed, 'utf8') }
}
