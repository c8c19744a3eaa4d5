import { type ClaimRequest, readKey, writeKey } from '@countersign/core/stores'

/** For how long the server keeps a record beyond its end by a clock that is given: the two need not run alike. */
const leewayMs = 3_600_000

/** A token or fingerprint as a record has it: any text, without blanks. Those of Countersign are their own text. */
export function writeWord(text: string): string {
  return /^[\w-]+$/.test(text) ? text : encodeURIComponent(writeKey(text)) || '%'
}

/** A text that may be missing, as a record has it. */
export function writeNote(text: string | undefined): string {
  if (text === undefined || text === '') return '-'
  return text === '-' ? '%2D' : writeWord(text)
}

/** What {@link writeNote} has written so. */
export function readNote(word: string): string | undefined {
  return word === '-' ? undefined : readKey(decodeURIComponent(word))
}

/**
 * A first claim. SET does not know the server's time, so the value holds durations, from which the scripts reckon
 * (`scripts/prelude.ts`); with a clock given it holds times.
 */
export function writeFirstClaim(
  { token, leaseMs, retentionMs, attemptedAt, event }: ClaimRequest,
  now: number | undefined,
): { readonly value: string; readonly px: string } {
  const longest = Math.max(leaseMs, retentionMs)
  const written = `- ${writeWord(token)} - ${attemptedAt ?? '-'} ${writeNote(event)}`
  // What is missing at the end is left out, as the scripts do.
  const owner = written.replace(/( -)+$/, ' -')
  return now === undefined
    ? { value: `fresh 1 ${leaseMs} ${retentionMs} ${owner}`, px: writePx(longest) }
    : {
        value: `claimed 1 ${now + leaseMs} ${now + retentionMs} ${owner}`,
        px: writePx(longest + leewayMs),
      }
}

/** What SET takes as PX for it, the same as `px` in the scripts: whole milliseconds, more than 0, and no end beyond 64 bits. */
export function writePx(ms: number): string {
  return `${Math.min(Math.max(Math.ceil(ms), 1), 1e15)}`
}
