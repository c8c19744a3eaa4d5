import type { Terminal } from '../terminal.js'
import { findPackagedFiles } from './find-packaged-files.js'

/** Prints the vector files of the package. */
export async function listVectors(
  { scheme, json }: { readonly scheme?: readonly string[]; readonly json?: boolean },
  terminal: Terminal,
): Promise<void> {
  const files = await findPackagedFiles(scheme)
  if (json) {
    terminal.printJson({ files: files.map(({ path: _, ...file }) => file) })
    return
  }
  const width = Math.max(...files.map(({ name }) => name.length))
  for (const { name, cases, valid, description } of files)
    terminal.print(`${name.padEnd(width)}  ${String(cases).padStart(4)} (${valid} valid)  ${description}`)
  const total = files.reduce((sum, { cases }) => sum + cases, 0)
  terminal.print(`${total} in ${files.length} ${files.length === 1 ? 'file' : 'files'}`)
}
