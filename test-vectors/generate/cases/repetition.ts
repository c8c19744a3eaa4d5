import { type CaseDraft, type CaseSet, refused } from '../case-draft.js'
import { alsoHeader, headerOf, withHeader } from '../edit-request.js'
import { proofHeaderOf } from '../signature-form.js'
import { type Subject, sentAt } from '../subject.js'

/** Each signing header twice: equal, different, and joined as platforms join them. */
export const repetition: CaseSet = (subject) =>
  signingHeaders(subject).flatMap((name) => repeated(subject, name))

function repeated(subject: Subject, name: string): readonly CaseDraft[] {
  const request = subject.sign()
  const value = headerOf(request, name)
  const wrong = wrongValue(subject, name)
  const twice = (comment: string, first: string, second: string, secondName = name) =>
    refused('HEADER_AMBIGUOUS', {
      comment,
      flags: ['RepeatedHeader'],
      request: alsoHeader(withHeader(request, name, first), secondName, second),
    })
  const joined = (comment: string, text: string) =>
    refused('HEADER_AMBIGUOUS', {
      comment,
      flags: ['JoinedHeader'],
      request: withHeader(request, name, text),
    })
  return [
    twice(`${name} twice, equal`, value, value),
    twice(`${name} twice, the first right`, value, wrong),
    twice(`${name} twice, the second right`, wrong, value),
    twice(`${name} twice, in two cases of its name`, value, value, name.toUpperCase()),
    joined(`${name} twice, equal, joined`, `${value}, ${value}`),
    joined(`${name} twice, different, joined`, `${wrong}, ${value}`),
  ]
}

function wrongValue(subject: Subject, name: string): string {
  if (isProof(subject, name)) return headerOf(subject.sign({ secret: subject.otherSecret }), name)
  const value = headerOf(subject.sign(), name)
  const other = headerOf(subject.sign({ id: 'another-id', timestamp: sentAt + 1_000 }), name)
  return other === value ? `${value}-2` : other
}

function isProof(subject: Subject, name: string): boolean {
  return name.toLowerCase() === proofHeaderOf(subject).toLowerCase()
}

/** Every header that is signed, or that names the delivery's id or event. */
function signingHeaders(subject: Subject): readonly string[] {
  const { timestamp, deliveryId, eventType, attributes } = subject.scheme
  const sources = [timestamp || undefined, deliveryId, eventType, ...Object.values(attributes ?? {})]
  const names = sources.flatMap((source) =>
    source && 'header' in source && source.header ? [source.header] : [],
  )
  const repeats = 'repeats' in subject.scheme.signature
  return [...new Set([...(repeats ? [] : [proofHeaderOf(subject)]), ...names])]
}
