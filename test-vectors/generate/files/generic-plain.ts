import { basicScheme, hmacScheme, tokenScheme } from '@countersign/core/schemes'
import type { FileDraft } from '../build-file.js'
import type { CaseSet } from '../case-draft.js'
import { absence } from '../cases/absence.js'
import { bodies, opaqueBodies } from '../cases/bodies.js'
import { credentials } from '../cases/credentials.js'
import { normal } from '../cases/normal.js'
import { repetition } from '../cases/repetition.js'
import { requests } from '../cases/requests.js'
import { tampering } from '../cases/tampering.js'
import { tokens } from '../cases/tokens.js'
import { createSubject, type Subject } from '../subject.js'
import { queryTokenFile } from './query-token.js'

const bearer = createSubject({
  scheme: tokenScheme({
    name: 'generic-bearer',
    header: 'Authorization',
    prefix: 'Bearer ',
    deliveryId: { header: 'X-Delivery' },
    eventType: { header: 'X-Event' },
  }),
  secret: { text: 'whc_bearer_token_84d1f0b67a2c' },
  otherSecret: { text: 'whc_bearer_token_0e95c3a41bd8' },
  id: 'delivery-1',
  event: 'thing.done',
  payload: { quantity: 2 },
  delivery: { id: 'delivery-1', event: 'thing.done' },
})

const basic = createSubject({
  scheme: basicScheme({ name: 'generic-basic', deliveryId: { json: '/number' } }),
  secret: { username: 'sender', password: 'basic-password-5f0e7c21b' },
  otherSecret: { username: 'sender', password: 'basic-password-a86d1b39' },
  payload: { number: 4711, done: true },
  delivery: { id: '4711' },
})

const opaque = createSubject({
  scheme: hmacScheme({
    name: 'generic-bytes',
    header: 'X-Signature',
    encoding: 'base64url',
    payload: 'bytes',
  }),
  secret: { text: 'opaque-secret-7b2e9d05c4f1' },
  otherSecret: { text: 'opaque-secret-d3a86f1e0b57' },
  payload: { id: 'evt_1', type: 'thing.done' },
})

function fileOf(description: string, subject: Subject, ...sets: readonly CaseSet[]): FileDraft {
  const { scheme, secret } = subject
  const groups = [{ comment: 'One secret', secrets: [secret], cases: sets.flatMap((set) => set(subject)) }]
  return { name: scheme.name, description, scheme, groups }
}

const common = [normal, absence, repetition, bodies, requests] as const

export const genericPlain: readonly FileDraft[] = [
  fileOf('Any sender with a bearer token.', bearer, ...common, tokens),
  fileOf('Any sender with HTTP Basic credentials.', basic, ...common, credentials),
  fileOf('Any sender whose bodies are left as bytes.', opaque, normal, tampering, opaqueBodies),
  queryTokenFile({
    name: 'generic-query-token',
    description: 'Any sender with a token in the URL.',
    scheme: tokenScheme({ name: 'generic-query-token', query: 'token', payload: 'json-or-form' }),
  }),
]
