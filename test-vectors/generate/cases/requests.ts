import { accepted, type CaseSet, refused } from '../case-draft.js'
import { alsoHeader, withHeader } from '../edit-request.js'

/** Properties of a request other than its proof: method, length, encoding. */
export const requests: CaseSet = (subject) => {
  const request = subject.sign()
  const { length } = request.body
  const method = (name: string) =>
    refused('METHOD_NOT_ALLOWED', {
      comment: `the method ${name}`,
      flags: ['Method'],
      request: { ...request, method: name },
    })
  const coding = (name: string) =>
    refused('BODY_ENCODED', {
      comment: `Content-Encoding ${name}`,
      flags: ['ContentEncoding'],
      request: withHeader(request, 'content-encoding', name),
    })
  const announced = (comment: string, text: string) =>
    refused('BODY_INCOMPLETE', {
      comment,
      flags: ['ContentLength'],
      request: withHeader(request, 'content-length', text),
      direct: true,
    })
  const malformedLength = (comment: string, text: string) =>
    refused('HEADER_MALFORMED', {
      comment,
      flags: ['ContentLength'],
      request: withHeader(request, 'content-length', text),
      direct: true,
    })
  return [
    ...['GET', 'PUT', 'PATCH', 'DELETE']
      .filter((name) => !subject.scheme.methods?.includes(name))
      .map(method),
    ...['gzip', 'br', 'deflate', 'gzip, identity'].map(coding),
    accepted(subject, {
      comment: 'Content-Encoding identity',
      flags: ['ContentEncoding'],
      request: withHeader(request, 'content-encoding', 'identity'),
    }),
    refused('BODY_TOO_LARGE', {
      comment: 'an announced length of 2 GiB',
      flags: ['BodyLimit'],
      request: withHeader(request, 'content-length', '2147483648'),
    }),
    announced('a byte more announced than came', String(length + 1)),
    announced('a byte less announced than came', String(length - 1)),
    announced('no bytes announced', '0'),
    malformedLength('a negative length announced', '-1'),
    malformedLength('a length in hex announced', `0x${length.toString(16)}`),
    refused('HEADER_MALFORMED', {
      comment: 'two lengths announced',
      flags: ['ContentLength', 'RepeatedHeader'],
      request: alsoHeader(
        withHeader(request, 'content-length', String(length)),
        'content-length',
        String(length),
      ),
      direct: true,
    }),
  ]
}

/** For a group with the option `maxBodyBytes`. */
export const bodyLimit =
  (maxBodyBytes: number): CaseSet =>
  (subject) => {
    const signed = (length: number) => {
      const filled = (pad: number) => JSON.stringify({ ...subject.payload, pad: 'a'.repeat(pad) })
      return subject.sign({ body: filled(length - filled(0).length) })
    }
    const tooLarge = signed(maxBodyBytes + 1)
    return [
      accepted(subject, {
        comment: 'exactly as many bytes as the limit',
        flags: ['BodyLimit'],
        request: signed(maxBodyBytes),
      }),
      refused('BODY_TOO_LARGE', {
        comment: 'one byte more than the limit',
        flags: ['BodyLimit'],
        request: tooLarge,
      }),
      refused('BODY_TOO_LARGE', {
        comment: 'one byte more than the limit, in chunks',
        flags: ['BodyLimit'],
        request: withHeader(tooLarge, 'transfer-encoding', 'chunked'),
      }),
      refused('BODY_TOO_LARGE', {
        comment: 'one byte more than the limit, announced',
        flags: ['BodyLimit'],
        request: withHeader(tooLarge, 'content-length', String(maxBodyBytes + 1)),
      }),
    ]
  }
