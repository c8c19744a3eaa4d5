import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** What became of a whole run, as it is written to a file. */
export interface ContractReport {
  readonly adapter: string
  /** How many vectors passed, by the name of their file without `.json`. */
  readonly vectors: Readonly<Record<string, number>>
  /** How many other cases passed. */
  readonly cases: number
  /** How many vectors and cases failed, as exceptions say they must. */
  readonly excepted: number
  /** What had to fail, and why: a case by its name, vectors as `vector: ` and their comment. */
  readonly exceptions: readonly { readonly case: string; readonly reason: string }[]
  /** How many tests failed; a file of vectors is one. */
  readonly failed: number
}

/** The line that tells a run in short. */
function describeReport({ adapter, vectors, cases, excepted, failed }: ContractReport): string {
  const sent = Object.values(vectors).reduce((sum, count) => sum + count, 0)
  const parts = [
    `${sent.toLocaleString('en-US')} vectors and ${cases} cases pass`,
    ...(failed > 0 ? [`${failed} ${failed === 1 ? 'test fails' : 'tests fail'}`] : []),
    ...(excepted > 0 ? [`${excepted} fail as stated`] : []),
  ]
  return `contract: ${adapter}: ${parts.join(', ')}`
}

/** Says it on stdout in a line, and where `COUNTERSIGN_CONTRACT_RESULTS` names a folder, in its file `<adapter>.json`. */
export async function publishReport(report: ContractReport): Promise<void> {
  process.stdout.write(`${describeReport(report)}\n`)
  const folder = process.env.COUNTERSIGN_CONTRACT_RESULTS
  if (!folder) return
  await mkdir(folder, { recursive: true })
  const words = report.adapter.toLowerCase().match(/[a-z0-9]+/g) ?? ['adapter']
  await writeFile(join(folder, `${words.join('-')}.json`), `${JSON.stringify(report, undefined, 2)}\n`)
}
