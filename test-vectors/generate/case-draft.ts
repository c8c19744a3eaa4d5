import type { VerificationErrorCode } from '@countersign/core'
import {
  type RepeatedBytes,
  type SignedRequest,
  type VectorCase,
  type VectorDelivery,
  type VectorOptions,
  type VectorSecret,
  vectorBody,
} from '@countersign/testing'
import type { Flag } from './notes.js'
import { arrivesAt, type Subject } from './subject.js'

/** A case before it gets its number. */
export type CaseDraft = Omit<VectorCase, 'tcId'>

/** A group before its cases are numbered. */
export interface GroupDraft {
  readonly comment: string
  readonly source?: string
  readonly secrets: readonly VectorSecret[]
  readonly options?: VectorOptions
  readonly cases: readonly CaseDraft[]
}

/** Builds the cases for one subject. */
export type CaseSet = (subject: Subject) => readonly CaseDraft[]

type Reason = VerificationErrorCode extends `ERR_WEBHOOK_${infer Name}` ? Name : never

interface CaseDetails {
  readonly comment: string
  readonly flags: readonly [Flag, ...Flag[]]
  readonly request: SignedRequest
  /** The body as a recipe, if it is too large for a file; `request.body` holds the same bytes. */
  readonly recipe?: readonly RepeatedBytes[]
  readonly now?: number
  readonly direct?: boolean
}

/** A case that must be accepted. Fields of the delivery default to those of the subject's valid delivery. */
export function accepted(
  subject: Subject,
  details: CaseDetails & { readonly delivery?: Partial<VectorDelivery> },
): CaseDraft {
  const delivery: VectorDelivery = { secretId: '0', ...subject.delivery, ...details.delivery }
  return { ...draftOf(details), result: 'valid', authentic: true, delivery: ordered(delivery) }
}

/** A case that must be refused for one reason. */
export function refused(reason: Reason, details: CaseDetails & { readonly authentic?: boolean }): CaseDraft {
  const { authentic = false, ...others } = details
  return { ...draftOf(others), result: 'invalid', code: `ERR_WEBHOOK_${reason}`, authentic }
}

function draftOf({ comment, flags, request, recipe, now = arrivesAt, direct = false }: CaseDetails) {
  if (recipe && !Buffer.from(vectorBody(recipe)).equals(request.body))
    throw new Error(`The recipe of "${comment}" is wrong.`)
  const { method, url, headers, body } = request
  return {
    comment,
    flags,
    now,
    request: { method, url, headers, body: recipe ?? Buffer.from(body).toString('base64') },
    ...(direct && { transport: 'direct' as const }),
  }
}

function ordered({ secretId, id, event, timestamp }: VectorDelivery): VectorDelivery {
  return { secretId, id, event, timestamp }
}
