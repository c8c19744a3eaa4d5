/**
 * Makes a text from outside safe to print: one line, limited in length, and without control characters. An attacker could
 * use those to move the cursor, hide text or reverse its direction.
 */
export function toOneLine(text: string, maxLength = 100): string {
  const line = text
    .slice(0, maxLength * 4)
    .replace(/\s+/g, ' ')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '?')
    .trim()
  return line.length <= maxLength ? line : `${line.slice(0, maxLength - 1)}…`
}
