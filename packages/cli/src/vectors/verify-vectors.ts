import { runVector } from '@countersign/testing'
import { type ExitCode, exitCodes } from '../exit-codes.js'
import type { ReportCase } from '../output/report-suite.js'
import type { Terminal } from '../terminal.js'
import { findPackagedFiles } from './find-packaged-files.js'
import { findVectorFiles } from './find-vector-files.js'
import {
  type FileResult,
  formatResults,
  isSound,
  type ResultFormat,
  resultsToJson,
} from './format-results.js'
import { readVectorFile } from './read-vector-file.js'
import { verifyWithoutWarnings } from './verify-without-warnings.js'

/** Which vectors are verified, and how the result is written. */
export interface VerifyVectorsOptions {
  readonly scheme?: readonly string[]
  readonly format: ResultFormat
}

/** Runs vector files: each must be whole, and each case must end as the file says. */
export async function verifyVectors(
  paths: readonly string[],
  options: VerifyVectorsOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const files =
    paths.length > 0
      ? await findVectorFiles(paths, terminal.parts.cwd)
      : (await findPackagedFiles(options.scheme)).map(({ path }) => path)
  const results: FileResult[] = []
  for (const file of files) {
    terminal.parts.interrupted.throwIfAborted()
    results.push(await verifyFile(file))
  }
  if (options.format === 'json') terminal.printJson(resultsToJson(results))
  else terminal.print(formatResults(results, options.format))
  return results.every(isSound) ? exitCodes.ok : exitCodes.no
}

async function verifyFile(path: string): Promise<FileResult> {
  const { vectors, ...file } = await readVectorFile(path)
  const cases: ReportCase[] = []
  for (const vector of vectors) {
    const { passed, difference } = await runVector(vector, { verify: verifyWithoutWarnings })
    const title = `tcId ${vector.tcId}: ${vector.comment}`
    cases.push({ title, result: passed ? 'passed' : 'failed', message: difference })
  }
  return { ...file, cases }
}
