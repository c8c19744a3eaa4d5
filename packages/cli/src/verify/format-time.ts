/** An ISO time, without milliseconds if they are zero: most senders send seconds. */
export function formatTime(ms: number): string {
  return new Date(ms).toISOString().replace('.000Z', 'Z')
}
