import type { ReceiverOptions } from '../options.js'
import { callSafely } from '../promises/call-safely.js'
import { isDevelopment } from '../settings/host-process.js'
import { refuseOption } from '../settings/refuse-option.js'
import { systemClock } from '../settings/system-clock.js'
import { createDefaultLog, type DefaultLog, type ReportOptions } from './default-log.js'
import { isLogger } from './logger.js'

/** Writes a line. */
export type Report = (message: string, about?: ReportOptions) => void

/** How a receiver writes to the log. */
export interface ReceiverLog {
  /** A line for what nobody has set a hook for. */
  readonly log: DefaultLog
  /** Writes what is doubtful, each message once. */
  readonly warn: Report
  /** Writes also what it has written before. */
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
