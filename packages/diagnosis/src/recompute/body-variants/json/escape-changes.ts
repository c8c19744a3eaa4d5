const unit = /\\u[0-9a-fA-F]{4}|\\.|./gs

/**
 * Why strings are written differently, the widest reason first.
 *
 * @param tokens pairs of a token as it came and as it was signed
 */
export function escapeChanges(
  tokens: Iterable<readonly [received: string, signed: string]>,
): readonly string[] {
  const causes = new Set<string>()
  for (const [received, signed] of tokens) {
    if (received === signed) continue
    const receivedUnits = received.match(unit) ?? []
    const signedUnits = signed.match(unit) ?? []
    signedUnits.forEach((spelling, index) => {
      const other = receivedUnits[index] ?? ''
      if (spelling !== other) causes.add(causeOf(other, spelling))
    })
  }
  return order.filter((cause) => causes.has(cause))
}

const order = [
  'body.json-unicode-unescaped',
  'body.json-unicode-escaped',
  'body.json-html-escapes-lost',
  'body.json-html-escapes-added',
  'body.json-slashes-unescaped',
  'body.json-slashes-escaped',
  'body.json-escape-case',
  'body.escapes-interpreted',
] as const

function causeOf(received: string, signed: string): (typeof order)[number] {
  const isEscaped = signed.startsWith('\\')
  if (isEscaped && received.startsWith('\\')) return 'body.json-escape-case'
  const character = isEscaped ? characterOf(signed) : signed
  if (character === '\\' || /\p{Cc}/u.test(character)) return 'body.escapes-interpreted'
  if (character === '/') return isEscaped ? 'body.json-slashes-unescaped' : 'body.json-slashes-escaped'
  if (/[\u0080-\u2027\u202a-\uffff]/.test(character))
    return isEscaped ? 'body.json-unicode-unescaped' : 'body.json-unicode-escaped'
  return isEscaped ? 'body.json-html-escapes-lost' : 'body.json-html-escapes-added'
}

function characterOf(spelling: string): string {
  try {
    return String(JSON.parse(`"${spelling}"`))
  } catch {
    return spelling
  }
}
