/**
 * Looks for a secret in what was written. It decodes what it finds instead of encoding what it looks for, so it shares
 * nothing with what takes secrets out.
 *
 * @returns the notations in which it is there
 */
export function findCanary(written: Uint8Array, secret: Uint8Array): readonly string[] {
  const text = Buffer.from(written).toString('latin1')
  const needle = Buffer.from(secret).toString('latin1')
  const has = (decoded: string) => decoded.includes(needle)
  const found: readonly (readonly [notation: string, isThere: boolean])[] = [
    ['as it is', has(text)],
    ['in another case', text.toLowerCase().includes(needle.toLowerCase())],
    ['one character a byte', Buffer.from(written).toString('utf8').includes(needle)],
    ['in JSON', has(latin1Of(text.replace(/\\(["\\/])/g, '$1').replace(/\\u([0-9a-f]{4})/gi, fromHex)))],
    ['percent-encoded', has(text.replace(/%([0-9a-f]{2})/gi, fromHex))],
    ['in a form', has(text.replaceAll('+', ' ').replace(/%([0-9a-f]{2})/gi, fromHex))],
    [
      'in hex',
      pieces(text, /[0-9a-f]{2,}/gi, 2).some((piece) => has(Buffer.from(piece, 'hex').toString('latin1'))),
    ],
    [
      'in base64',
      pieces(text, /[\w+/-]{4,}/g, 4).some((piece) => has(Buffer.from(piece, 'base64').toString('latin1'))),
    ],
  ]
  return found.flatMap(([notation, isThere]) => (isThere ? [notation] : []))
}

/** What may be encoded, from each place at which its first group may begin. */
function pieces(text: string, pattern: RegExp, groupLength: number): readonly string[] {
  return [...text.matchAll(pattern)].flatMap(([run]) =>
    Array.from({ length: groupLength }, (_, start) => run.slice(start)),
  )
}

function fromHex(_: string, digits: string): string {
  return String.fromCharCode(Number.parseInt(digits, 16))
}

function latin1Of(text: string): string {
  return Buffer.from(text, 'latin1').toString('latin1')
}
