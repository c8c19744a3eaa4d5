import type { VectorSecret } from '@countersign/testing'
import { accepted, type CaseDraft, type CaseSet, type GroupDraft, refused } from '../case-draft.js'
import type { Flag } from '../notes.js'
import { type Subject, sentAt } from '../subject.js'

/** Secrets the receiver does not have. */
export const wrongSecrets: CaseSet = (subject) => {
  const mismatch = (comment: string, flag: Flag, secret: VectorSecret) =>
    refused('SIGNATURE_MISMATCH', { comment, flags: [flag], request: subject.sign({ secret }) })
  const { secret } = subject
  const text = 'text' in secret ? secret.text : undefined
  return [
    mismatch('another secret, as one that was removed after a rotation', 'WrongSecret', subject.otherSecret),
    mismatch('the empty key', 'EmptyKey', { base64: '' }),
    mismatch('the text "undefined" as the key', 'EmptyKey', bytes('undefined')),
    ...(text === undefined
      ? []
      : [
          mismatch('the secret in upper case', 'WrongSecret', bytes(text.toUpperCase())),
          mismatch('the secret with a line feed behind it', 'WrongSecret', bytes(`${text}\n`)),
          mismatch('the secret without its last character', 'WrongSecret', bytes(text.slice(0, -1))),
        ]),
  ]
}

function bytes(text: string): VectorSecret {
  return { base64: Buffer.from(text, 'utf8').toString('base64') }
}

/** For a scheme that decodes its secrets: the undecoded text is another key. */
export const undecodedSecret: CaseSet = (subject) => [
  refused('SIGNATURE_MISMATCH', {
    comment: 'the text of the secret as the key, not decoded',
    flags: ['WrongSecret'],
    request: subject.sign({ secret: bytes('text' in subject.secret ? subject.secret.text : '') }),
  }),
]

/** Receivers with several secrets. */
export function secretGroups(subject: Subject): readonly GroupDraft[] {
  const { secret: current, otherSecret: previous } = subject
  const notAfter = sentAt + 60_000
  const until = new Date(notAfter).toISOString()
  return [
    {
      comment: 'A current and a previous secret',
      secrets: [current, previous],
      cases: [
        accepted(subject, { comment: 'the current secret', flags: ['Rotation'], request: subject.sign() }),
        accepted(subject, {
          comment: 'the previous secret',
          flags: ['Rotation'],
          request: subject.sign({ secret: previous }),
          delivery: { secretId: '1' },
        }),
      ],
    },
    {
      comment: `Secrets with names; "old" proves nothing after ${until}`,
      secrets: [
        { ...current, id: 'new' },
        { ...previous, id: 'old', notAfter: until },
      ],
      cases: labelledCases(subject, notAfter),
    },
  ]
}

function labelledCases(subject: Subject, notAfter: number): readonly CaseDraft[] {
  const { secret: current, otherSecret: previous } = subject
  const byOld = subject.sign({ secret: previous })
  const asOld = { secretId: 'old' }
  const asNew = { secretId: 'new' }
  return [
    accepted(subject, {
      comment: 'the new secret',
      flags: ['Rotation'],
      request: subject.sign(),
      delivery: asNew,
    }),
    accepted(subject, {
      comment: 'the new secret, after the end of the old one',
      flags: ['Rotation'],
      request: subject.sign(),
      now: notAfter + 1,
      delivery: asNew,
    }),
    accepted(subject, {
      comment: 'the old secret before its end',
      flags: ['Rotation'],
      request: byOld,
      delivery: asOld,
    }),
    accepted(subject, {
      comment: 'the old secret exactly at its end',
      flags: ['Rotation', 'WindowEdge'],
      request: byOld,
      now: notAfter,
      delivery: asOld,
    }),
    refused('SECRET_EXPIRED', {
      comment: 'the old secret a millisecond after its end',
      flags: ['ExpiredSecret', 'WindowEdge'],
      request: byOld,
      now: notAfter + 1,
    }),
    refused('SECRET_EXPIRED', {
      comment: 'the old secret a day after its end',
      flags: ['ExpiredSecret'],
      request: byOld,
      now: notAfter + 86_400_000,
    }),
    ...(carriesSeveral(subject)
      ? [
          accepted(subject, {
            comment: 'signed with both, after the end of the old one',
            flags: ['Rotation', 'SeveralSignatures'],
            request: subject.sign({ secret: [previous, current] }),
            now: notAfter + 1,
            delivery: asNew,
          }),
        ]
      : []),
  ]
}

/** Whether a request of the scheme carries several signatures. */
export function carriesSeveral({ scheme: { signature } }: Subject): boolean {
  return ['list', 'pairs', 'moreHeaders', 'repeats'].some((form) => form in signature)
}
