import { createSender } from '@countersign/testing'

/** @typedef {import('@countersign/testing').SignedRequest} SignedRequest */

const hourMs = 3_600_000
/** Longer ago than any of the senders may be late: Visisto retries for three days. */
const longAgoMs = 80 * hourMs

/**
 * One delivery for each case, as the reference sender signs it.
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
    stale: sender.sign({ url, timestamp: Date.now() - longAgoMs }),
    'in the future': sender.sign({ url, timestamp: Date.now() + hourMs }),
  }
}

/**
 * Changes the last letter of a value after signing, so that the body is still good JSON.
 *
 * @param {SignedRequest} request
 * @returns {SignedRequest}
 */
function changeOneLetter(request) {
  const text = Buffer.from(request.body).toString('utf8')
  const changed = text.replace(/[a-z](?="[,}])/, (letter) => (letter === 'x' ? 'y' : 'x'))
  if (changed === text) throw new Error('The delivery holds no text that could be changed.')
  return { ...request, body: Buffer.from(changed, 'utf8') }
}
