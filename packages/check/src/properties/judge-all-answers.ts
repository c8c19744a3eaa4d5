import type { Tried } from '../examination.js'
import { countTried, listTried } from '../judge-replies.js'
import { fail, type Property, pass, unknown } from '../property.js'
import { isAccepted, isFailure } from '../wire/reply.js'

export const neverRedirects: Property = {
  name: 'never-redirects',
  says: 'never answers 3xx, which senders follow or give up on, nor 410, which ends the subscription',
  judge: async ({ tried }) => {
    const gone = tried.filter(({ reply }) => reply.status === 410)
    if (gone.length > 0) return fail('answers-410', listTried(gone))
    const redirected = tried.filter(({ reply }) => reply.status >= 300 && reply.status < 400)
    if (redirected.length > 0) return fail('redirects', listTried(redirected))
    return pass(`in none of ${tried.length} answers`)
  },
}

/** Beyond what `survives-malformed` tried: nothing that was to be refused is an error of the receiver's. */
export const neverFails: Property = {
  name: 'never-fails',
  says: 'answers nothing that a stranger can send with 5xx',
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
      ? fail('crashes-on-malformed', listTried(failures))
      : pass(`in none of ${strange.length} answers`)
  },
}

function isUnknownMethod({ reply, request }: Tried): boolean {
  return reply.status === 501 && request.method !== 'POST'
}

export const staysAlive: Property = {
  name: 'stays-alive',
  says: 'takes valid deliveries after all of that',
  judge: async (examination) => {
    const request = examination.deliveries.make()
    const tried = await examination.valid({ what: 'a valid delivery', request })
    if (isAccepted(tried.reply)) return pass(`took ${countTried([tried])}`)
    const isTurnedAway = tried.reply.status >= 300 && tried.reply.status < 500
    return isTurnedAway
      ? unknown(
          `not taken any more: ${listTried([tried])}`,
          'Does it turn away who was refused often? Switch that off for the check.',
        )
      : fail('dies', listTried([tried]))
  },
}
