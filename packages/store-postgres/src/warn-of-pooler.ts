/** @param seen what showed it */
export function warnOfPooler(seen: string): void {
  console.warn(
    `countersign: the postgres store goes on without prepared statements: ${seen}, which may not keep them in transaction mode. ` +
      'Nothing is lost. Set prepare: false to begin so, without this line.',
  )
}
