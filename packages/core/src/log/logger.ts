/**
 * Where lines go: `console`, pino, winston, Fastify's or NestJS's logger, and whatever else has `error` and `warn`.
 *
 * pino and bunyan get the fields first (`logger.error(fields, line)`), winston gets them last (`logger.error(line, fields)`), all
 * others get text alone.
 */
export interface Logger {
  error(message: unknown, ...rest: unknown[]): unknown
  warn(message: unknown, ...rest: unknown[]): unknown
}

/** One line, and its parts for loggers that keep fields. */
export interface LogEntry {
  readonly level: 'error' | 'warn'
  readonly line: string
  readonly fields?: object
  /** Printed below the line where the logger takes text alone. */
  readonly stack?: string | undefined
}

/** Writes an entry in the way that the logger takes it. */
export function writeEntry(logger: Logger, { level, line, fields, stack }: LogEntry): unknown {
  const text = stack === undefined ? line : `${line}\n${stack}`
  if (!fields) return logger[level](line)
  if (takesFieldsFirst(logger)) return logger[level](fields, line)
  return takesFieldsLast(logger) ? logger[level](line, fields) : logger[level](text)
}

/** Whether a value can be called as a logger. */
export function isLogger(value: unknown): value is Logger {
  return hasMethods(value, ['error', 'warn'])
}

/** pino, bunyan and Fastify's loggers make children that carry fields, and have these levels. */
function takesFieldsFirst(logger: Logger): boolean {
  return hasMethods(logger, ['child', 'fatal', 'trace'])
}

/** winston makes children, too, and has one method for all levels. */
function takesFieldsLast(logger: Logger): boolean {
  return hasMethods(logger, ['child', 'log'])
}

function hasMethods(value: unknown, names: readonly string[]): boolean {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return false
  return names.every((name) => typeof (value as Record<string, unknown>)[name] === 'function')
}
