import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const require = createRequire(import.meta.url)

/** The compilers of users, by the name under which each is installed. */
export const compilers = ['typescript-5-4', 'typescript', 'typescript-7'] as const

/** What a project has in its `tsconfig.json`. */
export type CompilerOptions = Readonly<Record<string, unknown>>

/**
 * Runs a compiler's own `tsc`, since the newest has no other way in. What it says about the declarations of other packages is left
 * out: some are written for newer compilers than the oldest.
 *
 * @returns what it has to say about the program and about the declarations of the suite
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
        // 1 and 2 say that there are errors, in stdout.
        if (error && (stdout === '' || stderr !== '')) reject(error)
        else resolve(stdout)
      },
    )
  })
  const isOurs = (line: string) =>
    !line.includes('node_modules/') || line.includes('node_modules/@countersign/')
  return said.split('\n').filter((line) => /\berror TS\d+/.test(line) && isOurs(line))
}
