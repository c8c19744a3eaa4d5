import { type HmacSchemeOptions, hmacScheme } from '@countersign/core/schemes'
import type { FileDraft } from '../build-file.js'
import type { CaseSet, GroupDraft } from '../case-draft.js'
import { pairGroups } from '../cases/pair-groups.js'
import { pairNames } from '../cases/pair-names.js'
import { pairValues } from '../cases/pair-values.js'
import { pairs } from '../cases/pairs.js'
import { repeatedHeader } from '../cases/repeated-header.js'
import { severalHeaders } from '../cases/several-headers.js'
import { timeInList } from '../cases/time-in-list.js'
import { times } from '../cases/times.js'
import { rotationGroups } from '../hmac-groups.js'
import { createSubject, sentAt } from '../subject.js'
import { boxAnswers, outpostAnswers, recurlyAnswers } from './published-rotation-answers.js'

const header = 'X-Signature'
const secret = { text: 'generic-secret-4f6a1b9c2d8e7053' }
const otherSecret = { text: 'generic-secret-91c3e5d7a0b24f68' }
const payload = { id: 'evt_1', type: 'thing.done', data: { quantity: 3 } }

/** One way in which a sender puts several signatures into a request. */
function fileOf(
  description: string,
  options: HmacSchemeOptions,
  cases: readonly CaseSet[],
  answersOf: (scheme: FileDraft['scheme']) => readonly GroupDraft[] = () => [],
): FileDraft {
  const scheme = hmacScheme({ eventId: { json: '/id' }, eventType: { json: '/type' }, ...options })
  const delivery = { id: 'evt_1', event: 'thing.done', timestamp: scheme.timestamp ? sentAt : null }
  const subject = createSubject({ scheme, secret, otherSecret, payload, delivery })
  const groups = [...rotationGroups(subject, ...cases), ...answersOf(scheme)]
  return { name: scheme.name, description, scheme, groups }
}

export const rotationGrammars: readonly FileDraft[] = [
  fileOf(
    'Any sender with a group of pairs for each secret, as Persona: t=...,v1=... t=...,v1=...',
    {
      name: 'generic-pair-groups',
      header,
      pairs: { separator: ',', key: 'v1', groups: { separator: ' ' } },
      signedContent: '{timestamp}.{body}',
      timestamp: { header, key: 't', unit: 's' },
    },
    [pairs, pairGroups],
  ),
  fileOf(
    'Any sender with a name for the signature of each secret, as TabaPay: t=...,v1=...,v2=...',
    {
      name: 'generic-pair-names',
      header,
      pairs: { separator: ',', key: 'v1', moreKeys: ['v2'] },
      signedContent: '{timestamp}.{body}',
      timestamp: { header, key: 't', unit: 's' },
    },
    [pairNames],
  ),
  fileOf(
    'Any sender with several values in a pair, as Hookdeck Outpost: t=...,v0=...,...',
    {
      name: 'generic-pair-values',
      header,
      pairs: { separator: ',', key: 'v0', values: { separator: ',' } },
      signedContent: '{timestamp}.{body}',
      timestamp: { header, key: 't', unit: 's' },
    },
    [pairValues],
    outpostAnswers,
  ),
  fileOf(
    'Any sender with numbered headers, one for each secret, as DocuSign: X-Signature-1, X-Signature-2.',
    {
      name: 'generic-numbered-headers',
      header: 'X-Signature-1',
      moreHeaders: 'numbered',
      encoding: 'base64',
    },
    [severalHeaders(['X-Signature-2', 'X-Signature-16'], 'X-Signature-17')],
  ),
  fileOf(
    'Any sender with a second header for the other secret, as Box.',
    {
      name: 'generic-second-header',
      header: 'X-Signature-Primary',
      moreHeaders: ['X-Signature-Secondary'],
      encoding: 'base64',
      signedContent: '{body}{timestamp}',
      timestamp: { header: 'X-Timestamp', unit: 'iso8601' },
    },
    [severalHeaders(['X-Signature-Secondary', 'X-Signature-Secondary'], 'X-Signature')],
    boxAnswers,
  ),
  fileOf(
    'Any sender that repeats the header for each secret, as Mollie.',
    { name: 'generic-repeated-header', header, prefix: 'sha256=', repeats: true },
    [repeatedHeader],
  ),
  fileOf(
    'Any sender with time and signatures by their positions, as Recurly: <milliseconds>,<hex>,<hex>.',
    {
      name: 'generic-time-in-list',
      header,
      list: { separator: ',' },
      signedContent: '{timestamp}.{body}',
      timestamp: { header, position: 0, unit: 'ms' },
    },
    [times, timeInList],
    recurlyAnswers,
  ),
]
