/**
 * A text of a stranger's for a line of the terminal: in one line, cut to a length, and without characters that would move
 * the cursor, colour what follows or turn the direction of writing.
 */
export function oneLine(text: string, maxLength = 100): string {
  const line = text
    .slice(0, maxLength * 4)
    .replace(/\s+/g, ' ')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '?')
    .trim()
  return line.length <= maxLength ? line : `${line.slice(0, maxLength - 1)}…`
}
