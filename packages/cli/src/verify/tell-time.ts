/** A time without the milliseconds that most senders do not have. */
export function tellTime(ms: number): string {
  return new Date(ms).toISOString().replace('.000Z', 'Z')
}
