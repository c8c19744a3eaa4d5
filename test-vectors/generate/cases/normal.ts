import { accepted, type CaseSet } from '../case-draft.js'
import { headerOf, renameHeader, withHeader, withoutHeader } from '../edit-request.js'
import { proofHeaderOf } from '../signature-form.js'

/** Deliveries as the sender makes them, and additional headers that change nothing. */
export const normal: CaseSet = (subject) => {
  const request = subject.sign()
  const proof = proofHeaderOf(subject)
  const forwarded = [
    ['x-forwarded-host', 'attacker.example'],
    ['x-forwarded-proto', 'http'],
    ['forwarded', 'host=attacker.example'],
  ] as const
  return [
    accepted(subject, { comment: 'an honest delivery', flags: ['Normal'], request }),
    accepted(subject, {
      comment: 'header names in upper case',
      flags: ['HeaderCase'],
      request: request.headers.reduce(
        (edited, [name]) => renameHeader(edited, name, name.toUpperCase()),
        request,
      ),
    }),
    accepted(subject, {
      comment: 'header names in lower case',
      flags: ['HeaderCase'],
      request: request.headers.reduce(
        (edited, [name]) => renameHeader(edited, name, name.toLowerCase()),
        request,
      ),
    }),
    accepted(subject, {
      comment: 'a content type with a charset',
      flags: ['Normal'],
      request: withHeader(request, 'content-type', 'application/json; charset=utf-8'),
    }),
    accepted(subject, {
      comment: 'no content type',
      flags: ['Normal'],
      request: withoutHeader(request, 'content-type'),
    }),
    accepted(subject, {
      comment: 'the content type of another format',
      flags: ['Normal'],
      request: withHeader(request, 'content-type', 'text/plain'),
    }),
    accepted(subject, {
      comment: 'an announced length that is right',
      flags: ['ContentLength'],
      request: withHeader(request, 'content-length', String(request.body.length)),
    }),
    accepted(subject, {
      comment: 'a body in chunks',
      flags: ['Normal'],
      request: withHeader(request, 'transfer-encoding', 'chunked'),
    }),
    accepted(subject, {
      comment: 'forwarded headers by a stranger',
      flags: ['ForwardedHeaders'],
      request: { ...request, headers: [...request.headers, ...forwarded] },
    }),
    accepted(subject, {
      comment: 'headers with names that objects inherit',
      flags: ['HostileName'],
      request: {
        ...request,
        headers: [
          ['__proto__', headerOf(request, proof)],
          ['constructor', 'x'],
          ['toString', 'x'],
          ...request.headers,
        ],
      },
    }),
  ]
}
