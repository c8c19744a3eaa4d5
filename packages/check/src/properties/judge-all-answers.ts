import type { SentProbe } from '../examination.js'
import { countProbes, listProbes } from '../judge-replies.js'
import { fail, type Property, pass, unknown } from '../property.js'
import { isAccepted, isFailure } from '../wire/reply.js'

export const neverRedirects: Property = {
  name: 'never-redirects',
  says: 'never answers 3xx, which senders follow or give up on, or 410, which ends the subscription',
  judge: async ({ tried }) => {
    const gone = tried.filter(({ reply }) => reply.status === 410)
    if (gone.length > 0) return fail('answers-410', listProbes(gone))
    const redirected = tried.filter(({ reply }) => reply.status >= 300 && reply.status < 400)
    if (redirected.length > 0) return fail('redirects', listProbes(redirected))
    return pass(`none in ${tried.length} answers`)
  },
}

/** Covers every probe, not only those of `survives-malformed`: refusing a request must never be a server error. */
export const neverFails: Property = {
  name: 'never-fails',
  says: 'never answers a request from a stranger with 5xx',
  hiddenBy: [
    'accepts-forged',
    'fails-on-forged',
    'crashes-on-short-signature',
    'crashes-on-malformed',
    'fails-on-content-type',
  ],
  judge: async ({ tried }) => {
    const strange = tried.filter(({ isValid }) => !isValid)
    const failures = strange.filter((each) => isFailure(each.reply) && !isUnknownMethod(each))
    return failures.length > 0
      ? fail('crashes-on-malformed', listProbes(failures))
      : pass(`none in ${strange.length} answers`)
  },
}

function isUnknownMethod({ reply, request }: SentProbe): boolean {
  return reply.status === 501 && request.method !== 'POST'
}

export const staysAlive: Property = {
  name: 'stays-alive',
  says: 'still accepts valid deliveries after all other probes',
  judge: async (examination) => {
    const request = examination.deliveries.make()
    const tried = await examination.sendValid({ what: 'a valid delivery', request })
    if (isAccepted(tried.reply)) return pass(`accepted ${countProbes([tried])}`)
    const isRefused = tried.reply.status >= 300 && tried.reply.status < 500
    return isRefused
      ? unknown(
          `no longer accepted: ${listProbes([tried])}`,
          'Does the receiver block clients after many refusals? Turn that off for the check.',
        )
      : fail('dies', listProbes([tried]))
  },
}
