import type { CheckedProperty, CheckReport } from '@countersign/check'
import type { ReportCase, ReportSuite } from '../output/report-suite.js'

/** A check's report as a suite: a case for each property. What is unknown or does not apply is skipped. */
export function suiteOf({ properties }: CheckReport, name: string): ReportSuite {
  return { name, className: 'countersign.check', cases: properties.map(caseOf) }
}

function caseOf({ property, verdict, fault, evidence, advice }: CheckedProperty): ReportCase {
  return {
    title: property,
    result: verdict === 'pass' ? 'passed' : verdict === 'fail' ? 'failed' : 'skipped',
    fault,
    message: verdict === 'fail' ? evidence : `${verdict}: ${evidence}`,
    ...(advice !== '' && { advice }),
  }
}
