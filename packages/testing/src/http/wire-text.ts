/**
 * Converts a header value to Latin-1 text with one character per byte, as HTTP sends it. A value with characters beyond
 * Latin-1 becomes its UTF-8 bytes.
 *
 * @example
 * import { wireText } from '@countersign/testing/http'
 *
 * console.log(wireText('€').length) // 3
 */
export function wireText(value: string): string {
  return /^[\0-\xff]*$/.test(value) ? value : Buffer.from(value, 'utf8').toString('latin1')
}
