/** Converts text to one short log line: an attacker's text must not forge log lines or fill the log. */
export function toSingleLine(text: string, maxLength: number): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').slice(0, maxLength)
}
