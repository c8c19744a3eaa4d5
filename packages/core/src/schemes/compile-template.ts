import { encodeUtf8 } from '../encoding/utf8.js'
import { findDelimiters } from './find-delimiters.js'
import { isHmac } from './is-hmac.js'
import type { RefuseScheme } from './refuse-scheme.js'
import type { SchemeDescriptor } from './scheme-descriptor.js'
import type { BodyPart, Template, TemplatePart } from './template.js'

/** Parses `signedContent`, once for each scheme. */
export function compileTemplate(descriptor: SchemeDescriptor, refuse: RefuseScheme): Template {
  const template = descriptor.signedContent
  if (!isHmac(descriptor.signature)) {
    if (template !== undefined) refuse('signedContent is for HMAC signatures; a token or Basic signs nothing')
    // A custom scheme's verifier says the time beside what it proved.
    const before = descriptor.signature.algorithm === 'custom' ? (['timestamp'] as const) : []
    return { before, body: 'body', after: [], idEnds: [], needsBracket: false }
  }
  const [before = '', body, after = '', ...more] =
    typeof template === 'string' ? template.split(/\{(body|bodySha256Hex|bodySha256Base64)\}/) : []
  if (body === undefined) {
    return refuse(
      'signedContent must hold {body}, {bodySha256Hex} or {bodySha256Base64}; most senders sign just {body}',
    )
  }
  if (more.length > 0)
    refuse(`signedContent holds {${body}} and also {${more[0]}}; leave the one that the sender signs`)
  const parts = {
    before: compileParts(before, descriptor, refuse),
    body: body as BodyPart,
    after: compileParts(after, descriptor, refuse),
  }
  return { ...parts, ...findDelimiters(parts, descriptor, refuse) }
}

function compileParts(
  text: string,
  descriptor: SchemeDescriptor,
  refuse: RefuseScheme,
): readonly TemplatePart[] {
  const parts = text.split(/(\{[a-z0-9]+\})/i).filter((part) => part !== '')
  return parts.map((part): TemplatePart => {
    switch (part) {
      case '{timestamp}':
        return 'timestamp'
      case '{method}':
        return 'method'
      case '{id}':
        if (!descriptor.deliveryId || !('header' in descriptor.deliveryId))
          refuse('{id} needs deliveryId.header')
        return 'id'
      case '{url}':
        return descriptor.url
          ? literal(descriptor.url)
          : refuse('{url} needs url: the public URL that the sender calls')
      default:
        return /^\{[a-z0-9]+\}$/i.test(part) ? refuse(`unknown placeholder ${part}`) : literal(part)
    }
  })
}

function literal(text: string): TemplatePart {
  return { text: String.fromCharCode(...encodeUtf8(text)) }
}
