/** Writes text in a charset of one byte a character. */
export interface SingleByteCharset {
  /** @returns undefined where the charset lacks a character of the text */
  readonly encode: (text: string) => Buffer | undefined
}

const charsets = new Map<string, SingleByteCharset>()

/** Node reads these charsets and writes none but `latin1`; what each byte is read as, turned round, writes them. */
export function singleByteCharset(name: string): SingleByteCharset {
  const known = charsets.get(name)
  if (known) return known
  const charset = name === 'latin1' ? { encode: encodeLatin1 } : createCharset(name)
  charsets.set(name, charset)
  return charset
}

function encodeLatin1(text: string): Buffer | undefined {
  return /[^\0-\xff]/.test(text) ? undefined : Buffer.from(text, 'latin1')
}

function createCharset(name: string): SingleByteCharset {
  const decoder = new TextDecoder(name)
  const bytes = new Map<string, number>()
  for (let byte = 0; byte < 256; byte++) bytes.set(decoder.decode(Uint8Array.of(byte)), byte)
  return {
    encode(text) {
      const encoded = Buffer.alloc(text.length)
      for (let index = 0; index < text.length; index++) {
        const byte = bytes.get(text[index] ?? '')
        if (byte === undefined) return undefined
        encoded[index] = byte
      }
      return encoded
    },
  }
}
