import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

/** Compiles the NestJS example, as its `prestart` script does. */
export async function buildNest(folder: URL): Promise<void> {
  await promisify(execFile)('npx', ['tsup', 'server.ts', '--format', 'esm', '--silent'], { cwd: folder })
}
