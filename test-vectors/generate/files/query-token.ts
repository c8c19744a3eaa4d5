import type { SchemeDescriptor } from '@countersign/core'
import type { FileDraft } from '../build-file.js'
import { accepted, type CaseSet, refused } from '../case-draft.js'
import { queryTokens } from '../cases/tokens.js'
import { withBody, withHeader } from '../edit-request.js'
import { createSubject } from '../subject.js'

const fields = { email: 'ada@example.com', campaign_name: 'Spring' }

/** Deliveries whose fields are in the URL with the token. */
const getDeliveries: CaseSet = (subject) => {
  const request = subject.sign({ method: 'GET', form: fields })
  return [
    accepted(subject, { comment: 'a GET', flags: ['Normal'], request }),
    accepted(subject, {
      comment: 'a GET with broken escapes in a field',
      flags: ['Normal'],
      request: { ...request, url: `${request.url}&note=%zz%ff` },
    }),
    refused('SIGNATURE_MISMATCH', {
      comment: 'a GET with another token',
      flags: ['WrongSecret'],
      request: subject.sign({ method: 'GET', form: fields, secret: subject.otherSecret }),
    }),
    refused('HEADER_MISSING', {
      comment: 'a GET without a token',
      flags: ['MissingHeader'],
      request: subject.sign({ method: 'GET', form: fields, omitProof: true }),
    }),
  ]
}

const postDeliveries: CaseSet = (subject) => {
  const request = subject.sign()
  const form = withHeader(
    withBody(request, 'email=ada%40example.com'),
    'content-type',
    'application/x-www-form-urlencoded',
  )
  return [
    accepted(subject, { comment: 'a form', flags: ['FormBody'], request: form }),
    refused('PAYLOAD_MALFORMED', {
      comment: 'no body',
      flags: ['EmptyBody'],
      request: withBody(request, ''),
      authentic: true,
    }),
    refused('METHOD_NOT_ALLOWED', {
      comment: 'the method PUT',
      flags: ['Method'],
      request: { ...request, method: 'PUT' },
    }),
  ]
}

/** The cases of a scheme whose token is in the URL's query. */
export function queryTokenFile({
  name,
  description,
  scheme,
}: Omit<FileDraft, 'groups'> & { readonly scheme: SchemeDescriptor }): FileDraft {
  const subject = createSubject({
    scheme,
    secret: { text: 'token_in_the_url_6b0d94e2f1a7' },
    otherSecret: { text: 'token_in_the_url_c38f15a07e94' },
    payload: { ...fields, source: 'webhook' },
  })
  const sets = [queryTokens, postDeliveries, ...(scheme.methods?.includes('GET') ? [getDeliveries] : [])]
  return {
    name,
    description,
    scheme,
    groups: [
      { comment: 'One secret', secrets: [subject.secret], cases: sets.flatMap((set) => set(subject)) },
    ],
  }
}
