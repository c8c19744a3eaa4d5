import { accepted, type GroupDraft, refused } from '../case-draft.js'
import type { Subject } from '../subject.js'

/** The sender signs with two secrets, and the receiver has either of them, both, or none. */
export function rotationOf(subject: Subject): readonly GroupDraft[] {
  const { secret: current, otherSecret: previous } = subject
  const request = subject.sign({ secret: [current, previous] })
  const reversed = subject.sign({ secret: [previous, current] })
  const taken = (comment: string, signed: typeof request) =>
    accepted(subject, { comment, flags: ['Rotation', 'SeveralSignatures'], request: signed })
  return [
    {
      comment: 'The current secret alone, while the sender signs with both',
      secrets: [current],
      cases: [taken('its signature first', request), taken('its signature last', reversed)],
    },
    {
      comment: 'The previous secret alone, while the sender signs with both',
      secrets: [previous],
      cases: [taken('its signature last', request), taken('its signature first', reversed)],
    },
    {
      comment: 'Both secrets, while the sender signs with both',
      secrets: [current, previous],
      cases: [taken('the current first', request), taken('the previous first', reversed)],
    },
    {
      comment: 'A third secret, while the sender signs with both',
      secrets: [{ text: 'generic-secret-of-somebody-else-73' }],
      cases: [
        refused('SIGNATURE_MISMATCH', {
          comment: 'neither signature is of it',
          flags: ['Rotation', 'WrongSecret'],
          request,
        }),
      ],
    },
  ]
}
