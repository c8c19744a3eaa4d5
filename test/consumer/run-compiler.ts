import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const require = createRequire(import.meta.url)

/** The compilers that users have, by the name of their package. */
export const compilers = ['typescript-5-4', 'typescript', 'typescript-7'] as const

/** The `compilerOptions` of a project. */
export type CompilerOptions = Readonly<Record<string, unknown>>

/**
 * Runs a compiler's `tsc`, because the newest has no other API. Errors in the declarations of other packages are left out: some
 * need a newer compiler than the oldest.
 *
 * @returns the errors in the program and in the declarations of the suite
 */
export async function runCompiler(
  compiler: (typeof compilers)[number],
  program: string,
  options: CompilerOptions,
): Promise<readonly string[]> {
  const folder = dirname(program)
  const config = join(folder, `tsconfig.${compiler}.json`)
  await writeFile(
    config,
    JSON.stringify({ compilerOptions: { ...options, noEmit: true, skipLibCheck: false }, files: [program] }),
  )
  const tsc = join(dirname(require.resolve(`${compiler}/package.json`)), 'bin/tsc')
  const said = await new Promise<string>((resolve, reject) => {
    execFile(
      process.execPath,
      [tsc, '-p', config, '--pretty', 'false'],
      { cwd: folder, maxBuffer: 2 ** 26 },
      (error, stdout, stderr) => {
        // The exit codes 1 and 2 mean that stdout lists errors.
        if (error && (stdout === '' || stderr !== '')) reject(error)
        else resolve(stdout)
      },
    )
  })
  const isOurs = (line: string) =>
    !line.includes('node_modules/') || line.includes('node_modules/@countersign/')
  return said.split('\n').filter((line) => /\berror TS\d+/.test(line) && isOurs(line))
}
