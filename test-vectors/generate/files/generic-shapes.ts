import { hmacScheme } from '@countersign/core/schemes'
import type { FileDraft } from '../build-file.js'
import { accepted, type CaseSet, type GroupDraft } from '../case-draft.js'
import { exactBodies } from '../cases/bodies.js'
import { lists } from '../cases/lists.js'
import { methodAndUrl } from '../cases/method-and-url.js'
import { pairs } from '../cases/pairs.js'
import { undecodedSecret } from '../cases/secrets.js'
import { senderGroups, signatureGroups } from '../hmac-groups.js'
import { createSubject, type Subject, type SubjectInput, sentAt } from '../subject.js'
import { circleCiAnswers, paddleAnswers, sanityAnswers } from './published-generic-answers.js'

const secret = { text: 'generic-secret-4f6a1b9c2d8e7053' }
const otherSecret = { text: 'generic-secret-91c3e5d7a0b24f68' }
const hexSecret = { text: '00ff10ef20df30cf40bf50af60a0708090b0c0d0e0f1f2f3f4f5f6f7f8f9fafb' }
const otherHexSecret = { text: 'fbfaf9f8f7f6f5f4f3f2f1e0d0c0b090807060a05faf4fbf3fcf2fdf1fef00ff' }

const names = { eventId: { json: '/id' }, eventType: { json: '/type' } }
const payload = { id: 'evt_1', type: 'thing.done', data: { quantity: 2 } }
const delivery = { id: 'evt_1', event: 'thing.done' }

function subjectOf(scheme: Subject['scheme'], options: Partial<SubjectInput> = {}): Subject {
  const timestamp = scheme.timestamp ? sentAt : null
  return createSubject({
    scheme,
    secret,
    otherSecret,
    payload,
    delivery: { ...delivery, timestamp },
    ...options,
  })
}

/** Cases that do not depend on the signature's format are only in the file of the plain one. */
function fileOf(description: string, subject: Subject, ...more: readonly CaseSet[]): FileDraft {
  return {
    name: subject.scheme.name,
    description,
    scheme: subject.scheme,
    groups: signatureGroups(subject, exactBodies, ...more),
  }
}

function withAnswers(file: FileDraft, answers: readonly GroupDraft[]): FileDraft {
  return { ...file, groups: [...file.groups, ...answers] }
}

const keyEquivalence: CaseSet = (subject) => [
  accepted(subject, {
    comment: 'the secret with a zero byte behind it',
    flags: ['KeyEquivalence'],
    request: subject.sign({ secret: { base64: Buffer.from(`${secret.text}\0`, 'utf8').toString('base64') } }),
  }),
]

const header = 'X-Signature'
const plain = subjectOf(hmacScheme({ ...names, name: 'generic-hex', header }))
const list = hmacScheme({ ...names, name: 'generic-list', header, prefix: 'v1=', list: { separator: ',' } })
const semicolons = hmacScheme({
  ...names,
  name: 'generic-pairs',
  header,
  pairs: { separator: ';', key: 'h1' },
  signedContent: '{timestamp}:{body}',
  timestamp: { header, key: 'ts', unit: 's' },
})
const milliseconds = hmacScheme({
  ...names,
  name: 'generic-pairs-base64url',
  header,
  encoding: 'base64url',
  pairs: { separator: ',', key: 'v1' },
  signedContent: '{timestamp}.{body}',
  timestamp: { header, key: 't', unit: 'ms' },
})

export const genericShapes: readonly FileDraft[] = [
  {
    name: plain.scheme.name,
    description: 'Any sender with the hex HMAC-SHA256 of the body.',
    scheme: plain.scheme,
    groups: senderGroups(plain, keyEquivalence),
  },
  fileOf(
    'Any sender with sha256= before the hex HMAC-SHA256 of the body.',
    subjectOf(hmacScheme({ ...names, name: 'generic-prefixed-hex', header, prefix: 'sha256=' })),
  ),
  fileOf(
    'Any sender with the hex HMAC-SHA256 of timestamp, stop and body.',
    subjectOf(
      hmacScheme({
        ...names,
        name: 'generic-timestamp-body',
        header,
        signedContent: '{timestamp}.{body}',
        timestamp: { header: 'X-Timestamp', unit: 's' },
      }),
    ),
  ),
  fileOf(
    'Any sender with the base64 HMAC-SHA256 of the body.',
    subjectOf(hmacScheme({ ...names, name: 'generic-base64', header, encoding: 'base64' })),
  ),
  withAnswers(
    fileOf('Any sender with a list of hex HMAC-SHA256, separated by commas.', subjectOf(list), lists),
    circleCiAnswers(list),
  ),
  withAnswers(
    fileOf(
      'Any sender with time and hex HMAC-SHA256 as pairs, separated by semicolons.',
      subjectOf(semicolons),
      pairs,
    ),
    paddleAnswers(semicolons),
  ),
  withAnswers(
    fileOf(
      'Any sender with milliseconds and base64url HMAC-SHA256 as pairs.',
      subjectOf(milliseconds, { payload: { ...payload, data: { quantity: 3 } } }),
      pairs,
    ),
    sanityAnswers(milliseconds),
  ),
  fileOf(
    'Any sender with the base64 HMAC-SHA1 of the body.',
    subjectOf(
      hmacScheme({ ...names, name: 'generic-sha1', header, algorithm: 'hmac-sha1', encoding: 'base64' }),
    ),
  ),
  fileOf(
    'Any sender with the hex HMAC-SHA512 of the body, and a secret in hex.',
    subjectOf(
      hmacScheme({
        ...names,
        name: 'generic-sha512',
        header,
        algorithm: 'hmac-sha512',
        secret: { encoding: 'hex' },
      }),
      { secret: hexSecret, otherSecret: otherHexSecret },
    ),
    undecodedSecret,
  ),
  fileOf(
    'Any sender with the hex HMAC-SHA384 of method, URL, ISO 8601 time and body.',
    subjectOf(
      hmacScheme({
        ...names,
        name: 'generic-method-url',
        header,
        algorithm: 'hmac-sha384',
        signedContent: '{method}\n{url}\n{timestamp}\n{body}',
        url: 'https://hooks.example.com/webhooks/in?tenant=1',
        timestamp: { header: 'X-Timestamp', unit: 'iso8601' },
        methods: ['POST', 'PUT'],
      }),
    ),
    methodAndUrl,
  ),
]
