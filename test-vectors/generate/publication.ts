import type { SchemeDescriptor } from '@countersign/core'
import type { SignedRequest, VectorDelivery, VectorSecret } from '@countersign/testing'
import { accepted, type CaseDraft, type GroupDraft, refused } from './case-draft.js'
import { createSubject } from './subject.js'

/** A delivery with a signature that others have published. */
interface Answer {
  readonly comment: string
  readonly headers: SignedRequest['headers']
  readonly body: string
  /** Milliseconds since the epoch, for schemes with a time. */
  readonly now?: number
}

function requestOf({ headers, body }: Answer): SignedRequest {
  return { method: 'POST', url: '/webhooks', headers, body: Buffer.from(body, 'utf8') }
}

/** The source of the publication and its secret. */
export interface Publication {
  readonly scheme: SchemeDescriptor
  readonly secret: string
  readonly source: string
}

export function answersOf({ scheme, secret, source }: Publication) {
  const text: VectorSecret = { text: secret }
  const subject = createSubject({ scheme, secret: text, otherSecret: text, payload: {} })
  const details = (answer: Answer) => ({
    comment: answer.comment,
    flags: ['PublishedAnswer'] as const,
    request: requestOf(answer),
    ...(answer.now !== undefined && { now: answer.now }),
  })
  return {
    valid: (answer: Answer, delivery: Partial<VectorDelivery> = {}): CaseDraft =>
      accepted(subject, { ...details(answer), delivery }),
    mismatch: (answer: Answer): CaseDraft => refused('SIGNATURE_MISMATCH', details(answer)),
    malformed: (answer: Answer): CaseDraft => refused('HEADER_MALFORMED', details(answer)),
    /** Correctly signed, and not JSON. */
    unparsable: (answer: Answer): CaseDraft =>
      refused('PAYLOAD_MALFORMED', { ...details(answer), authentic: true }),
    stale: (answer: Answer): CaseDraft =>
      refused('TIMESTAMP_TOO_OLD', { ...details(answer), authentic: true }),
    future: (answer: Answer): CaseDraft =>
      refused('TIMESTAMP_TOO_NEW', { ...details(answer), authentic: true }),
    group: (...cases: readonly CaseDraft[]): GroupDraft => ({
      comment: 'Published signatures',
      source,
      secrets: [text],
      cases,
    }),
  }
}
