/** Text for one line of a log: what a stranger put into it can neither begin a line of its own nor fill the log. */
export function toSingleLine(text: string, maxLength: number): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').slice(0, maxLength)
}
