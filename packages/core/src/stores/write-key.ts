/**
 * A key as text that any database takes: UTF-8 without NUL. Different keys give different texts, and ordinary ones, those
 * of Countersign among them, are their own text. Others (with NUL or half a surrogate pair) are written as JSON has them.
 */
export function writeKey(key: string): string {
  const isPlain = !key.startsWith('"') && !/\0|\p{Surrogate}/u.test(key)
  return isPlain ? key : JSON.stringify(key)
}

/** The key that {@link writeKey} has written so. */
export function readKey(text: string): string {
  return text.startsWith('"') ? JSON.parse(text) : text
}
