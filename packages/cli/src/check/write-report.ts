import type { CheckReport } from '@countersign/check'
import { tellProperty, tellSummary } from '../output/check-text.js'
import { writeJunit } from '../output/junit.js'
import { writeTap } from '../output/tap.js'
import type { Terminal } from '../terminal.js'
import type { CheckSettings } from './check-settings.js'
import { suiteOf } from './suite-of.js'

/** Writes a whole report, to stdout or to a file; then stdout has the summary. */
export async function writeReport(
  report: CheckReport,
  title: string,
  { format, output }: CheckSettings,
  terminal: Terminal,
): Promise<void> {
  const value = { receiver: title, ...report }
  if (output === undefined && format === 'json') return terminal.printJson(value)
  const text =
    format === 'json' ? JSON.stringify(value, undefined, 2) : textOf(report, title, format, terminal)
  if (output === undefined) return terminal.print(text)
  await terminal.save(output, `${text}\n`)
  terminal.print(tellSummary(report, terminal))
}

function textOf(
  report: CheckReport,
  title: string,
  format: Exclude<CheckSettings['format'], 'json'>,
  terminal: Terminal,
): string {
  switch (format) {
    case 'junit':
      return writeJunit([suiteOf(report, title)])
    case 'tap':
      return writeTap([suiteOf(report, title)])
    case 'text':
      return [title, '', ...report.properties.map((checked) => tellProperty(checked, terminal))].join('\n')
  }
}
