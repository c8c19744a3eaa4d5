import { keyChanges } from '../deliveries/known-keys.js'
import { judgeRefused } from '../judge-replies.js'
import { notApplicable, type Property } from '../property.js'

export const refusesKnownKeys: Property = {
  name: 'refuses-known-keys',
  says: 'refuses what is signed with no key, or with one that everybody knows',
  hiddenBy: ['accepts-forged'],
  judge: async (examination) => {
    const { scheme, secret, deliveries } = examination
    const probes = keyChanges(scheme, secret).flatMap(({ what, fault, change }) => {
      const request = change(deliveries.make(), deliveries)
      return request ? [{ what, fault, request }] : []
    })
    if (probes.length === 0) return notApplicable("the scheme's own code signs with no such key")
    const tried = await examination.allRefused(probes)
    const byEmpty = tried.filter((_, index) => probes[index]?.fault === 'accepts-empty-key')
    const judgement = byEmpty.length > 0 && judgeRefused(examination, byEmpty, 'accepts-empty-key')
    return judgement && judgement.verdict === 'fail'
      ? judgement
      : judgeRefused(examination, tried, 'accepts-guessable-key')
  },
}
