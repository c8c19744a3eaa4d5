/**
 * Encodes a key as text that every database accepts: UTF-8 without NUL. Different keys have different texts. Ordinary keys,
 * such as those of Countersign, do not change; a key with NUL or half a surrogate pair is written as JSON.
 *
 * @example
 * writeKey('order-1') // 'order-1'
 * writeKey('order\0') // '"order\\u0000"'
 */
export function writeKey(key: string): string {
  const isPlain = !key.startsWith('"') && !/\0|\p{Surrogate}/u.test(key)
  return isPlain ? key : JSON.stringify(key)
}

/**
 * Decodes what {@link writeKey} has written.
 *
 * @example
 * readKey(writeKey('order\0')) // 'order\0'
 */
export function readKey(text: string): string {
  return text.startsWith('"') ? JSON.parse(text) : text
}
