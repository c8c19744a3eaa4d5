import type { WebhookError } from '../errors.js'
import type { Clock, HookInfo, ReceiverHooks } from '../options.js'
import { callSafely } from '../promises/call-safely.js'
import type { SchemeDescriptor } from '../schemes/scheme-descriptor.js'
import type { Outcome } from '../types.js'
import { describeContext, toLogFields } from './describe-context.js'
import { describeEvent } from './describe-event.js'
import { readStacks } from './describe-thrown.js'
import { limitLines, type SuppressedCounts } from './limit-lines.js'
import { isLogger, type LogEntry, type Logger, writeEntry } from './logger.js'
import { redactSecrets, type Sensitive } from './redact-secrets.js'
import { toSingleLine } from './to-single-line.js'

/** The settings of a receiver's log. */
export interface LogSettings {
  /** The option `logger`: `false` logs nothing, undefined uses the host's logger. */
  readonly logger: Logger | false | undefined
  readonly logRefusals: 'each' | 'count' | false
  /** The endpoint's name, or its scheme's. */
  readonly name: string
  readonly scheme: SchemeDescriptor
  readonly clock: Clock
}

/** One event, and what is known about its request. */
export interface Logged {
  readonly info: HookInfo
  readonly outcome?: Outcome['type'] | undefined
  /** The host's logger for this request. */
  readonly hostLogger: Logger | undefined
  readonly sensitive: Sensitive
}

/** The log of one receiver: a line for each event without a hook. */
export interface DefaultLog {
  /** The start of each line. */
  readonly prefix: string
  /** Whether a line may be written for a hook. */
  covers(hook: keyof ReceiverHooks): boolean
  write(hook: keyof ReceiverHooks, logged: Logged): void
  /** Logs a message, without a rate limit. */
  report(message: string, about?: ReportOptions): void
}

/** Options of {@link DefaultLog.report}. */
export interface ReportOptions {
  /** The host's logger for the request in question. */
  readonly hostLogger?: Logger | undefined
  /** Default `warn`. */
  readonly level?: LogEntry['level']
  /** The error, for structured loggers. */
  readonly error?: WebhookError
}

const maxTextLength = 1_000
const maxLineLength = 2_000
const maxStackLength = 8_000
const maxNameLength = 200

const covered: ReadonlySet<keyof ReceiverHooks> = new Set<keyof ReceiverHooks>([
  'onRejected',
  'onConflict',
  'onFailed',
  'onStoreError',
  'onExhausted',
  'onHeld',
])

export function createDefaultLog(settings: LogSettings): DefaultLog {
  const { logger, logRefusals, name, scheme, clock } = settings
  const prefix = `countersign: "${toSingleLine(name, maxNameLength)}": `
  /** Summaries go to the same logger as the lines before them. */
  let lastHost: Logger | undefined
  const second = { windowMs: 1_000, lines: 20 }
  const refusals = logRefusals === 'count' ? { windowMs: 60_000, lines: 1 } : second
  const mayWriteFailure = limitLines(second, clock, (left) =>
    summarize('more lines like those', left, second.windowMs),
  )
  const mayWriteRefusal = limitLines(refusals, clock, (left) =>
    summarize('more requests refused', left, refusals.windowMs),
  )

  function write(hook: keyof ReceiverHooks, { info, outcome, hostLogger, sensitive }: Logged): void {
    const { error, code = hook } = info
    const isRefusal = error?.name === 'WebhookVerificationError' && hook === 'onRejected'
    if (isRefusal && logRefusals === false) return
    const happened = describeEvent({ hook, info, outcome, scheme })
    if (happened === undefined) return
    lastHost = hostLogger
    if (!(isRefusal ? mayWriteRefusal(code) : mayWriteFailure(code))) return
    const clean = (text: string) => redactSecrets(text, sensitive)
    // A long error message must not cut off the context that identifies the delivery.
    const what = toSingleLine(clean(happened), maxTextLength)
    const line = prefix + toSingleLine(`${what} (${describeContext(info)})`, maxLineLength)
    const thrown = error && readStacks(thrownBy(error))
    const stack = thrown && clean(thrown).slice(0, maxStackLength)
    const level = isRefusal || hook === 'onConflict' ? 'warn' : 'error'
    emit({ level, line, stack, fields: toLogFields(info, stack) }, hostLogger)
  }

  function summarize(what: string, leftOut: SuppressedCounts, windowMs: number): void {
    const counts = [...leftOut].map(([kind, count]) => `${count} ${kind}`)
    const total = [...leftOut.values()].reduce((sum, count) => sum + count, 0)
    const span = windowMs === 1_000 ? 'second' : 'minute'
    emit(
      { level: 'warn', line: `${prefix}${total} ${what} in the last ${span}: ${counts.join(', ')}` },
      lastHost,
    )
  }

  function emit(entry: LogEntry, hostLogger: Logger | undefined): void {
    if (logger === false) return
    const target = logger ?? (isLogger(hostLogger) ? hostLogger : console)
    // A failing logger must neither fail the request nor lose the line.
    callSafely(
      () => writeEntry(target, entry),
      () => callSafely(() => writeEntry(console, entry)),
    )
  }

  return {
    prefix,
    covers: (hook) => logger !== false && covered.has(hook),
    write: (hook, logged) => callSafely(() => write(hook, logged)),
    report: (message, { hostLogger, level = 'warn', error } = {}) => {
      const fields = { endpoint: name, code: error?.code, ...(error && { err: error.toJSON() }) }
      emit({ level, line: prefix + message, fields }, hostLogger)
    },
  }
}

/** What the handler threw. The stacks of this package's own errors do not help its users. */
function thrownBy(error: WebhookError): unknown {
  if (error.name === 'WebhookHandlerError') return error.cause
  return error.name === 'WebhookPermanentError' ? error : undefined
}
