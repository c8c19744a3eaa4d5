import type { ReportCase, ReportSuite } from './report-suite.js'
import { toOneLine } from './to-one-line.js'

const maxTitle = 300
const maxReason = 2_000

/** The results as TAP 14: one test point per case, prefixed with its suite's name if there are several suites. */
export function formatTap(suites: readonly ReportSuite[]): string {
  const points = suites.flatMap(({ name, cases }) =>
    cases.map((tested) => ({
      ...tested,
      title: suites.length > 1 ? `${name}: ${tested.title}` : tested.title,
    })),
  )
  return ['TAP version 14', `1..${points.length}`, ...points.flatMap(formatPoint)].join('\n')
}

function formatPoint(
  { title, result, message = '', ...others }: ReportCase,
  index: number,
): readonly string[] {
  const start = `${result === 'failed' ? 'not ok' : 'ok'} ${index + 1} - ${escapeText(toOneLine(title, maxTitle))}`
  if (result === 'passed') return [start]
  if (result === 'skipped') return [`${start} # SKIP ${escapeText(toOneLine(message, maxReason))}`]
  const { fault, advice } = others
  const details = Object.entries({ fault, message, advice }).filter(([, text]) => text !== undefined)
  // A JSON string is a valid double-quoted string in YAML.
  return [start, '  ---', ...details.map(([name, text]) => `  ${name}: ${JSON.stringify(text)}`), '  ...']
}

/** In TAP a hash starts a directive, and a backslash escapes the next character. */
function escapeText(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('#', '\\#')
}
