import { formatJunit } from '../output/format-junit.js'
import { formatTap } from '../output/format-tap.js'
import type { ReportCase, ReportSuite } from '../output/report-suite.js'
import { toOneLine } from '../output/to-one-line.js'
import type { ReadVectorFile } from './read-vector-file.js'

/** The formats of the results. */
export const resultFormats = ['text', 'json', 'tap', 'junit'] as const
export type ResultFormat = (typeof resultFormats)[number]

/** The result of a file. */
export interface FileResult extends Omit<ReadVectorFile, 'vectors'> {
  readonly cases: readonly ReportCase[]
}

export function isSound({ problem, cases }: FileResult): boolean {
  return problem === undefined && cases.every(({ result }) => result === 'passed')
}

/** The results for machines. */
export function resultsToJson(results: readonly FileResult[]): object {
  return { ok: results.every(isSound), files: results.map(countCases) }
}

/** The results as text, TAP or JUnit. */
export function formatResults(results: readonly FileResult[], format: Exclude<ResultFormat, 'json'>): string {
  switch (format) {
    case 'tap':
      return formatTap(results.map(toReportSuite))
    case 'junit':
      return formatJunit(results.map(toReportSuite))
    case 'text':
      return toText(results).join('\n')
  }
}

/** A file that is cut off must fail in a report too, even if it has no cases left. */
function toReportSuite({ name, cases, problem }: FileResult): ReportSuite {
  const title = 'the file is whole'
  const whole: ReportCase =
    problem === undefined ? { title, result: 'passed' } : { title, result: 'failed', message: problem }
  return { name, className: `countersign.vectors.${name}`, cases: [whole, ...cases] }
}

function countCases({ name, cases, problem }: FileResult) {
  const failed = cases.filter(({ result }) => result === 'failed')
  return { name, passed: cases.length - failed.length, failed, ...(problem !== undefined && { problem }) }
}

function toText(results: readonly FileResult[]): readonly string[] {
  const files = results.map(countCases)
  const width = Math.max(...files.map(({ name }) => name.length))
  const lines = files.flatMap(({ name, passed, failed, problem }) => [
    problem === undefined
      ? `${name.padEnd(width)}  ${passed} passed${failed.length > 0 ? `, ${failed.length} failed` : ''}`
      : `${name.padEnd(width)}  ${toOneLine(problem)}`,
    ...failed.map(({ title, message = '' }) => `  ${toOneLine(title)}: ${toOneLine(message, 400)}`),
  ])
  const passed = files.reduce((sum, file) => sum + file.passed, 0)
  const failed = files.reduce((sum, file) => sum + file.failed.length, 0)
  const broken = files.filter(({ problem }) => problem !== undefined).length
  const brokenText = broken > 0 ? `, ${broken} ${broken === 1 ? 'file' : 'files'} not whole` : ''
  return [...lines, `${passed} passed, ${failed} failed${brokenText}`]
}
