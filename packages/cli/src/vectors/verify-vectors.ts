import { runVector } from '@countersign/testing'
import { type ExitCode, exitCodes } from '../exit-codes.js'
import type { ReportCase } from '../output/report-suite.js'
import type { Terminal } from '../terminal.js'
import { findVectorFiles } from './find-vector-files.js'
import { packagedFiles } from './packaged-vectors.js'
import { readVectorFile } from './read-vector-file.js'
import { verifyQuietly } from './verify-quietly.js'
import { type FileResult, isSound, jsonOf, type VerifyFormat, writeResults } from './write-results.js'

/** How vectors are verified. */
export interface VerifyVectorsOptions {
  readonly scheme?: readonly string[]
  readonly format: VerifyFormat
}

/** Runs vector files: each must be whole, and each of its cases must end as it says. */
export async function verifyVectors(
  paths: readonly string[],
  options: VerifyVectorsOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const files =
    paths.length > 0
      ? await findVectorFiles(paths, terminal.parts.cwd)
      : (await packagedFiles(options.scheme)).map(({ path }) => path)
  const results: FileResult[] = []
  for (const file of files) {
    terminal.parts.interrupted.throwIfAborted()
    results.push(await verifyFile(file))
  }
  if (options.format === 'json') terminal.printJson(jsonOf(results))
  else terminal.print(writeResults(results, options.format))
  return results.every(isSound) ? exitCodes.ok : exitCodes.no
}

async function verifyFile(path: string): Promise<FileResult> {
  const { vectors, ...file } = await readVectorFile(path)
  const cases: ReportCase[] = []
  for (const vector of vectors) {
    const { passed, difference } = await runVector(vector, { verify: verifyQuietly })
    const title = `tcId ${vector.tcId}: ${vector.comment}`
    cases.push({ title, result: passed ? 'passed' : 'failed', message: difference })
  }
  return { ...file, cases }
}
