/**
 * Shows a key or a name in full on the terminal, with control characters escaped as in JSON: printed as they are, they could
 * move the cursor or hide text.
 */
export function escapeControls(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Cf}\p{Cs}]/gu,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
