/** One thing that was tested, and how it ended. */
export interface ReportCase {
  readonly title: string
  /** `skipped`: nothing can be said of it. */
  readonly result: 'passed' | 'failed' | 'skipped'
  /** The stable name of what failed. */
  readonly fault?: string | undefined
  /** What showed it. */
  readonly message?: string | undefined
  /** What to do. */
  readonly advice?: string | undefined
}

/** Cases that belong together. */
export interface ReportSuite {
  readonly name: string
  /** What CI servers group cases by. */
  readonly className: string
  readonly cases: readonly ReportCase[]
}
