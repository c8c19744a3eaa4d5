import { type ClaimRequest, readKey, writeKey } from '@countersign/core/stores'

/** How long the server keeps a record beyond its end by a given clock: the two clocks may differ. */
const leewayMs = 3_600_000

/** Writes a token or fingerprint: any text becomes one without blanks. Those of Countersign stay as they are. */
export function writeWord(text: string): string {
  return /^[\w-]+$/.test(text) ? text : encodeURIComponent(writeKey(text)) || '%'
}

/** Writes a text that may be missing. */
export function writeNote(text: string | undefined): string {
  if (text === undefined || text === '') return '-'
  return text === '-' ? '%2D' : writeWord(text)
}

/** Reads what {@link writeNote} wrote. */
export function readNote(word: string): string | undefined {
  return word === '-' ? undefined : readKey(decodeURIComponent(word))
}

/**
 * Writes the record of a first claim. SET does not know the server's time, so the record holds durations, which the scripts
 * turn into times (`scripts/prelude.ts`). With a clock given it holds times.
 */
export function writeFirstClaim(
  { token, leaseMs, retentionMs, attemptedAt, event }: ClaimRequest,
  now: number | undefined,
): { readonly value: string; readonly px: string } {
  const longest = Math.max(leaseMs, retentionMs)
  const written = `- ${writeWord(token)} - ${attemptedAt ?? '-'} ${writeNote(event)}`
  // Missing fields at the end are left out, as the scripts do.
  const owner = written.replace(/( -)+$/, ' -')
  return now === undefined
    ? { value: `fresh 1 ${leaseMs} ${retentionMs} ${owner}`, px: writePx(longest) }
    : {
        value: `claimed 1 ${now + leaseMs} ${now + retentionMs} ${owner}`,
        px: writePx(longest + leewayMs),
      }
}

/** Writes a duration as PX of SET, like `px` in the scripts: whole milliseconds, at least 1, and an end within 64 bits. */
export function writePx(ms: number): string {
  return `${Math.min(Math.max(Math.ceil(ms), 1), 1e15)}`
}
