import type { CheckReport } from '@countersign/check'
import { formatJunit } from '../output/format-junit.js'
import { formatTap } from '../output/format-tap.js'
import type { Terminal } from '../terminal.js'
import type { CheckSettings, ReportFormat } from './check-options.js'
import { formatProperty } from './format-property.js'
import { formatSummary } from './format-summary.js'
import { toReportSuite } from './to-report-suite.js'

/** Writes the whole report to stdout; or to the file of `--output`, and the summary to stdout. */
export async function writeReport(
  report: CheckReport,
  title: string,
  { format, output }: CheckSettings,
  terminal: Terminal,
): Promise<void> {
  const value = { receiver: title, ...report }
  if (output === undefined && format === 'json') return terminal.printJson(value)
  const text =
    format === 'json' ? JSON.stringify(value, undefined, 2) : formatReport(report, title, format, terminal)
  if (output === undefined) return terminal.print(text)
  await terminal.save(output, `${text}\n`)
  terminal.print(formatSummary(report, terminal))
}

function formatReport(
  report: CheckReport,
  title: string,
  format: Exclude<ReportFormat, 'json'>,
  terminal: Terminal,
): string {
  switch (format) {
    case 'junit':
      return formatJunit([toReportSuite(report, title)])
    case 'tap':
      return formatTap([toReportSuite(report, title)])
    case 'text':
      return [title, '', ...report.properties.map((checked) => formatProperty(checked, terminal))].join('\n')
  }
}
