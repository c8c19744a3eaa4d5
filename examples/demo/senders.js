import { randomBytes } from 'node:crypto'
import { embeddable, fingerprintingApi, scratcher, visibuild, visisto } from '@countersign/core/schemes'

/**
 * @typedef {object} Expected
 * @property {number} status the HTTP status of the answer
 * @property {string} outcome what the receiver's hooks reported, with the code of a refusal
 * @property {number} runs how often the handler ran for this delivery
 */

/**
 * @typedef {object} DemoSender
 * @property {import('@countersign/core').Scheme} scheme
 * @property {import('@countersign/core').SecretSet} secret
 * @property {import('@countersign/core').SecretSet} otherSecret what a forger signs with
 * @property {string} note why these results are expected
 * @property {Readonly<Record<string, Expected>>} expected the result of each case
 */

const processed = { status: 204, outcome: 'processed', runs: 1 }
const duplicate = { status: 200, outcome: 'duplicate', runs: 0 }
/** @param {string} code */
const refused = (code) => ({ status: 401, outcome: `refused ${code}`, runs: 0 })

const wrongProof = refused('ERR_WEBHOOK_SIGNATURE_MISMATCH')
const noProof = refused('ERR_WEBHOOK_HEADER_MISSING')
const tooOld = refused('ERR_WEBHOOK_TIMESTAMP_TOO_OLD')
const tooNew = refused('ERR_WEBHOOK_TIMESTAMP_TOO_NEW')

/**
 * The five senders with random secrets, and the expected result of each delivery.
 *
 * @returns {readonly DemoSender[]}
 */
export function senders() {
  return [
    {
      scheme: visisto(),
      ...secrets(),
      note: 'sends no id: equal bodies are one event, because each holds its time and a contact',
      expected: {
        'good delivery': processed,
        duplicate,
        forged: wrongProof,
        'tampered body': wrongProof,
        'missing proof': noProof,
        stale: tooOld,
        'in the future': tooNew,
      },
    },
    {
      scheme: fingerprintingApi({ event: 'NEW_VISIT' }),
      ...secrets(),
      note: 'sends a token, which proves the sender but not that the body is unchanged',
      expected: {
        'good delivery': processed,
        duplicate,
        forged: wrongProof,
        'tampered body': processed,
        'missing proof': noProof,
      },
    },
    {
      scheme: embeddable(),
      ...secrets(),
      note: 'sends nothing unique: the duplicate may be a new event, so the handler runs again',
      expected: {
        'good delivery': processed,
        duplicate: processed,
        forged: wrongProof,
        'tampered body': wrongProof,
        'missing proof': noProof,
      },
    },
    {
      scheme: visibuild(),
      ...secrets(),
      note: 'signs the time, valid for five minutes; the id in the signed body identifies the duplicate',
      expected: {
        'good delivery': processed,
        duplicate,
        forged: wrongProof,
        'tampered body': wrongProof,
        'missing proof': noProof,
        stale: tooOld,
        'in the future': tooNew,
      },
    },
    {
      scheme: scratcher(),
      secret: { username: 'demo', password: randomSecret() },
      otherSecret: { username: 'demo', password: randomSecret() },
      note: 'sends a password and nothing unique: a changed body or a duplicate looks like a new event',
      expected: {
        'good delivery': processed,
        duplicate: processed,
        forged: wrongProof,
        'tampered body': processed,
        'missing proof': noProof,
      },
    },
  ]
}

function secrets() {
  return { secret: randomSecret(), otherSecret: randomSecret() }
}

function randomSecret() {
  return randomBytes(32).toString('hex')
}
