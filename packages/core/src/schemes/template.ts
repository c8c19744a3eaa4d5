/** A compiled `signedContent`: what is signed before and after the body, and how the body is signed. */
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

/** Literal text, with one character for each UTF-8 byte, or the name of the value to insert. */
export type TemplatePart = { readonly text: string } | 'timestamp' | 'id' | 'method'

/** Joins the parts, with the values inserted. */
export function fillTemplate(
  parts: readonly TemplatePart[],
  values: { readonly timestamp: string; readonly id: string; readonly method: string },
): string {
  let text = ''
  for (const part of parts) text += typeof part === 'string' ? values[part] : part.text
  return text
}
