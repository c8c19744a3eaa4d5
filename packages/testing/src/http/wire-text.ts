/** A header's value as it travels, one character a byte: characters beyond Latin-1 as their UTF-8 bytes. */
export function wireText(value: string): string {
  return /^[\0-\xff]*$/.test(value) ? value : Buffer.from(value, 'utf8').toString('latin1')
}
