import junit, { type Builder, type TestCase } from 'junit-report-builder'
import type { ReportCase, ReportSuite } from './report-suite.js'

/** Its types describe a nested default export; Node imports the builder directly. */
const root = junit as unknown as Builder

/** Characters that XML 1.0 does not allow, not even escaped. */
const controls = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu

/** The results as JUnit XML. */
export function formatJunit(suites: readonly ReportSuite[]): string {
  const builder = root.newBuilder()
  for (const { name, className, cases } of suites) {
    const suite = builder.testSuite().name(clean(name))
    for (const tested of cases) addCase(suite.testCase().className(clean(className)), tested)
  }
  return builder.build().trimEnd()
}

function addCase(testCase: TestCase, { title, result, fault, message = '', advice }: ReportCase): void {
  testCase.name(clean(title))
  if (result === 'failed') {
    testCase.failure(clean(fault === undefined ? message : `${fault}: ${message}`), fault)
    if (advice !== undefined) testCase.stacktrace(clean(advice))
    return
  }
  if (result === 'skipped') testCase.skipped()
  const texts = [message, advice ?? ''].filter((text) => text !== '')
  if (texts.length > 0) testCase.standardOutput(clean(texts.join('\n')))
}

/** The builder escapes only the first end of a CDATA section in a text. */
function clean(text: string): string {
  return text.replace(controls, '?').replaceAll(']]>', ']] >')
}
