import type { SignedRequest } from '@countersign/testing'
import { judgeAccepted } from '../judge-replies.js'
import type { Property } from '../property.js'

export const findsHeadersInAnyCase: Property = {
  name: 'finds-headers-in-any-case',
  says: 'finds its headers whatever the case of their names',
  judge: async (examination) => {
    const { deliveries } = examination
    const rename = (change: (name: string) => string): SignedRequest => {
      const request = deliveries.make()
      return { ...request, headers: request.headers.map(([name, value]) => [change(name), value]) }
    }
    const tried = await examination.allValid([
      { what: 'header names in lower case', request: rename((name) => name.toLowerCase()) },
      { what: 'header names in upper case', request: rename((name) => name.toUpperCase()) },
    ])
    return judgeAccepted(examination, tried, 'case-sensitive-headers')
  },
}
