import type { CheckedProperty, CheckReport } from '@countersign/check'
import type { ReportCase, ReportSuite } from '../output/report-suite.js'

/** A check's report as a test suite: one case per property. Properties that are unknown or do not apply are skipped. */
export function toReportSuite({ properties }: CheckReport, name: string): ReportSuite {
  return { name, className: 'countersign.check', cases: properties.map(toReportCase) }
}

function toReportCase({ property, verdict, fault, evidence, advice }: CheckedProperty): ReportCase {
  return {
    title: property,
    result: verdict === 'pass' ? 'passed' : verdict === 'fail' ? 'failed' : 'skipped',
    fault,
    message: verdict === 'fail' ? evidence : `${verdict}: ${evidence}`,
    ...(advice !== '' && { advice }),
  }
}
