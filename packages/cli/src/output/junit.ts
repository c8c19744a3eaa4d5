import junit, { type Builder, type TestCase } from 'junit-report-builder'
import type { ReportCase, ReportSuite } from './report-suite.js'

/** Its types speak of a default within the default; Node gives the builder itself. */
const root = junit as unknown as Builder

/** XML 1.0 has no place for them, not even escaped. */
const controls = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu

/** The results in JUnit's form. */
export function writeJunit(suites: readonly ReportSuite[]): string {
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
  const said = [message, advice ?? ''].filter((text) => text !== '')
  if (said.length > 0) testCase.standardOutput(clean(said.join('\n')))
}

/** The builder takes the end of a CDATA section apart only the first time. */
function clean(text: string): string {
  return text.replace(controls, '?').replaceAll(']]>', ']] >')
}
