/** @param reason how the store noticed the pooler */
export function warnAboutPooler(reason: string): void {
  console.warn(
    `countersign: the postgres store continues without prepared statements: ${reason}, which may not support them in transaction mode. ` +
      'Nothing is lost. Pass prepare: false to postgresStore to start without them and without this warning.',
  )
}
