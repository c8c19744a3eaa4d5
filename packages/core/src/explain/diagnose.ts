import type { VerificationErrorCode, WebhookError } from '../errors.js'
import type { ReceiverSettings } from '../settings/receiver-settings.js'
import type { Diagnosis } from './describe-refusal.js'
import type { ExplainModule } from './explanation.js'
import { toCapture, type WatchedRequest } from './watch-request.js'

const budgetMs = 250

/** The first search of a process may spend its whole budget on compiling code, so it may run twice. */
let isCold = true

/** Codes whose message explains the refusal; recomputing the signature would add nothing. */
const saysItself: ReadonlySet<WebhookError['code']> = new Set<VerificationErrorCode>([
  'ERR_WEBHOOK_METHOD_NOT_ALLOWED',
  'ERR_WEBHOOK_BODY_TOO_LARGE',
  'ERR_WEBHOOK_BODY_TIMEOUT',
  'ERR_WEBHOOK_BODIES_PENDING',
  'ERR_WEBHOOK_BODY_INCOMPLETE',
  'ERR_WEBHOOK_BODY_ENCODED',
  'ERR_WEBHOOK_SECRET_EXPIRED',
  'ERR_WEBHOOK_TENANT_UNKNOWN',
  'ERR_WEBHOOK_PAYLOAD_MALFORMED',
  'ERR_WEBHOOK_PAYLOAD_INVALID',
])

const ofHeaders: ReadonlySet<string> = new Set(['header', 'encoding', 'algorithm', 'time'])

/** @param refusedAt milliseconds since the epoch, when the request was refused */
export async function diagnose(
  watched: WatchedRequest,
  error: WebhookError,
  refusedAt: number,
  { explain }: ExplainModule,
  { verification }: ReceiverSettings,
): Promise<Diagnosis> {
  const asItSays = { findings: [], otherwise: error.message }
  const secrets = watched.secrets().map(({ id, given }) => ({ id, value: given }))
  if (saysItself.has(error.code) || secrets.length === 0) return asItSays
  const { past, future } = verification.toleranceMs
  const search = () =>
    explain(toCapture(watched), {
      scheme: verification.scheme.descriptor,
      secrets,
      now: refusedAt,
      toleranceSeconds: { past: past / 1000, future: future / 1000 },
      budgetMs,
    })
  const first = await search()
  const { verdict, findings } = isCold && isCutOff(first) ? await search() : first
  isCold = false
  if (verdict === 'valid') return asItSays
  // If the headers were enough to refuse, the body was not read: only findings about headers are meaningful.
  if (!watched.body())
    return { ...asItSays, findings: findings.filter(({ target }) => ofHeaders.has(target)) }
  return {
    findings,
    otherwise: `${error.message} No cause was found in ${budgetMs} ms; npx @countersign/cli explain searches longer.`,
  }
}

/** The signature of a custom scheme cannot be recomputed. */
export function diagnoseVerifierRefusal({ code, message }: WebhookError): Diagnosis {
  const isVerdict = code === 'ERR_WEBHOOK_SIGNATURE_MISMATCH' || code === 'ERR_WEBHOOK_VERIFIER_FAILED'
  const otherwise = isVerdict
    ? `The scheme's own verifier refused it, and only its code knows why: look there. ${message}`
    : message
  return { findings: [], otherwise }
}

function isCutOff({ verdict, searchedWhole }: Awaited<ReturnType<ExplainModule['explain']>>): boolean {
  return verdict === 'unexplained' && !searchedWhole
}
