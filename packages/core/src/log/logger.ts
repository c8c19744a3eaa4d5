/**
 * A logger: `console`, pino, winston, Fastify's or NestJS's logger, or any object with `error` and `warn`.
 *
 * pino and bunyan get the fields first (`logger.error(fields, line)`), winston gets them last (`logger.error(line, fields)`), all
 * others get text only.
 */
export interface Logger {
  error(message: unknown, ...rest: unknown[]): unknown
  warn(message: unknown, ...rest: unknown[]): unknown
}

/** One log line, with its fields for structured loggers. */
export interface LogEntry {
  readonly level: 'error' | 'warn'
  readonly line: string
  readonly fields?: object
  /** Printed below the line if the logger takes text only. */
  readonly stack?: string | undefined
}

/** Writes an entry with the arguments that the logger expects. */
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

/** pino, bunyan and Fastify's loggers have child loggers and these levels. */
function takesFieldsFirst(logger: Logger): boolean {
  return hasMethods(logger, ['child', 'fatal', 'trace'])
}

/** winston has child loggers, too, and one method for all levels. */
function takesFieldsLast(logger: Logger): boolean {
  return hasMethods(logger, ['child', 'log'])
}

function hasMethods(value: unknown, names: readonly string[]): boolean {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return false
  return names.every((name) => typeof (value as Record<string, unknown>)[name] === 'function')
}
