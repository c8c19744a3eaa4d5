import { encodeUtf8 } from '../encoding/utf8.js'
import { findBorders } from './find-borders.js'
import { isHmac } from './is-hmac.js'
import type { SchemeDescriptor } from './scheme.js'

/** What is signed before the body and after it, and how the body itself is signed. */
export interface Template {
  readonly before: readonly TemplatePart[]
  readonly body: BodyPart
  readonly after: readonly TemplatePart[]
  /** Characters that end a signed id in this template, so that the id must not hold them. */
  readonly idEnds: readonly string[]
  /** The body must be a JSON object or array: its bracket ends the digits next to it. */
  readonly needsBracket: boolean
}

/** The body as it came, or the text of its SHA-256. */
export type BodyPart = 'body' | 'bodySha256Hex' | 'bodySha256Base64'

/** Literal text, its UTF-8 bytes as one character each, or the name of what is put in its place. */
export type TemplatePart = { readonly text: string } | 'timestamp' | 'id' | 'method'

/** Throws a configuration error that names the scheme. */
export type Refuse = (problem: string) => never

/** Takes `signedContent` apart once. */
export function compileTemplate(descriptor: SchemeDescriptor, refuse: Refuse): Template {
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
  return { ...parts, ...findBorders(parts, descriptor, refuse) }
}

function compileParts(text: string, descriptor: SchemeDescriptor, refuse: Refuse): readonly TemplatePart[] {
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
          : refuse('{url} needs url: the public URL the sender was given')
      default:
        return /^\{[a-z0-9]+\}$/i.test(part) ? refuse(`unknown placeholder ${part}`) : literal(part)
    }
  })
}

function literal(text: string): TemplatePart {
  return { text: String.fromCharCode(...encodeUtf8(text)) }
}

/** The text of the parts, with their values in their places. */
export function fillTemplate(
  parts: readonly TemplatePart[],
  values: { readonly timestamp: string; readonly id: string; readonly method: string },
): string {
  let text = ''
  for (const part of parts) text += typeof part === 'string' ? values[part] : part.text
  return text
}
