import type { ReceiverOptions } from '../options.js'
import { callSafely } from '../promises/call-safely.js'
import { isDevelopment } from '../settings/host-process.js'
import { refuseOption } from '../settings/refuse-option.js'
import { systemClock } from '../settings/system-clock.js'
import { createDefaultLog, type DefaultLog, type ReportOptions } from './default-log.js'
import { isLogger } from './logger.js'

/** Logs a message. */
export type Report = (message: string, about?: ReportOptions) => void

/** The log of a receiver. */
export interface ReceiverLog {
  /** Writes a line for each event without a hook. */
  readonly log: DefaultLog
  /** Logs a warning, each message once. */
  readonly warn: Report
  /** Logs a message, also repeatedly. */
  readonly report: Report
}

type LogOptions = Pick<
  ReceiverOptions,
  'logger' | 'logRefusals' | 'onWarning' | 'endpoint' | 'scheme' | 'clock'
>

const refusalModes: readonly unknown[] = ['each', 'count', false]

/** @throws WebhookConfigurationError naming the option and the fix */
export function createReceiverLog(options: LogOptions): ReceiverLog {
  const { logger, logRefusals = isDevelopment() ? 'each' : 'count', onWarning, endpoint, scheme } = options
  if (logger !== undefined && logger !== false && !isLogger(logger))
    refuseOption('logger must have the methods error and warn, as console, pino and winston do, or be false')
  if (!refusalModes.includes(logRefusals)) refuseOption('logRefusals must be "each", "count" or false')
  const clock = options.clock ?? systemClock
  const log = createDefaultLog({ logger, logRefusals, name: String(endpoint ?? scheme?.name), scheme, clock })
  const report: Report = onWarning
    ? (message, about) =>
        callSafely(
          () => onWarning(log.prefix + message),
          () => log.report(message, about),
        )
    : log.report
  return { log, report, warn: once(report) }
}

function once(say: Report): Report {
  const said = new Set<string>()
  return (message, about) => {
    if (said.has(message)) return
    said.add(message)
    say(message, about)
  }
}
