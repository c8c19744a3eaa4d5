/** One test and its result. */
export interface ReportCase {
  readonly title: string
  /** `skipped`: the test does not apply, or its result is unknown. */
  readonly result: 'passed' | 'failed' | 'skipped'
  /** The stable name of what failed. */
  readonly fault?: string | undefined
  /** The evidence. */
  readonly message?: string | undefined
  /** What to do. */
  readonly advice?: string | undefined
}

/** A group of test cases. */
export interface ReportSuite {
  readonly name: string
  /** CI servers group cases by this name. */
  readonly className: string
  readonly cases: readonly ReportCase[]
}
