import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** The result of a whole run, as it is written to a file. */
export interface ContractReport {
  /** The name from {@link TestAdapterOptions.name}. */
  readonly adapter: string
  /** How many vectors passed, by the name of their file without `.json`. */
  readonly vectors: Readonly<Record<string, number>>
  /** How many other cases passed. */
  readonly cases: number
  /** How many vectors and cases failed as their exceptions require. */
  readonly excepted: number
  /** What had to fail, and why: a case by its name, vectors as `vector: ` followed by their comment. */
  readonly exceptions: readonly { readonly case: string; readonly reason: string }[]
  /** How many tests failed; each file of vectors is one test. */
  readonly failed: number
}

/** Summarises a run in one line. */
function describeReport({ adapter, vectors, cases, excepted, failed }: ContractReport): string {
  const sent = Object.values(vectors).reduce((sum, count) => sum + count, 0)
  const parts = [
    `${sent.toLocaleString('en-US')} vectors and ${cases} cases pass`,
    ...(failed > 0 ? [`${failed} ${failed === 1 ? 'test fails' : 'tests fail'}`] : []),
    ...(excepted > 0 ? [`${excepted} fail as expected`] : []),
  ]
  return `contract: ${adapter}: ${parts.join(', ')}`
}

/** Prints a summary to stdout, and writes `<adapter>.json` to the folder in `COUNTERSIGN_CONTRACT_RESULTS`, if that is set. */
export async function publishReport(report: ContractReport): Promise<void> {
  process.stdout.write(`${describeReport(report)}\n`)
  const folder = process.env.COUNTERSIGN_CONTRACT_RESULTS
  if (!folder) return
  await mkdir(folder, { recursive: true })
  const words = report.adapter.toLowerCase().match(/[a-z0-9]+/g) ?? ['adapter']
  await writeFile(join(folder, `${words.join('-')}.json`), `${JSON.stringify(report, undefined, 2)}\n`)
}
