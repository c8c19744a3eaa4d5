/** An HTTP message: lines, an empty one, a body. */
export function message(lines: readonly string[], body: string | Uint8Array = '', lineEnd = '\r\n'): Buffer {
  const head = lines.map((line) => `${line}${lineEnd}`).join('') + lineEnd
  return Buffer.concat([Buffer.from(head, 'latin1'), Buffer.from(body as Uint8Array)])
}

/** As JSON in a file. */
export function json(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value), 'utf8')
}
