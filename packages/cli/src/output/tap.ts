import { oneLine } from './one-line.js'
import type { ReportCase, ReportSuite } from './report-suite.js'

const maxTitle = 300
const maxReason = 2_000

/** The results as TAP 14: a test point for each case, named after its suite where there are several. */
export function writeTap(suites: readonly ReportSuite[]): string {
  const points = suites.flatMap(({ name, cases }) =>
    cases.map((tested) => ({
      ...tested,
      title: suites.length > 1 ? `${name}: ${tested.title}` : tested.title,
    })),
  )
  return ['TAP version 14', `1..${points.length}`, ...points.flatMap(tellPoint)].join('\n')
}

function tellPoint({ title, result, message = '', ...others }: ReportCase, index: number): readonly string[] {
  const start = `${result === 'failed' ? 'not ok' : 'ok'} ${index + 1} - ${withoutHash(oneLine(title, maxTitle))}`
  if (result === 'passed') return [start]
  if (result === 'skipped') return [`${start} # SKIP ${withoutHash(oneLine(message, maxReason))}`]
  const { fault, advice } = others
  const details = Object.entries({ fault, message, advice }).filter(([, text]) => text !== undefined)
  // Every JSON string is a double-quoted one in YAML.
  return [start, '  ---', ...details.map(([name, text]) => `  ${name}: ${JSON.stringify(text)}`), '  ...']
}

/** A hash would begin a directive, a backslash escape what follows. */
function withoutHash(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('#', '\\#')
}
