import { readFile } from 'node:fs/promises'
import { delimiter, dirname } from 'node:path'

/** What `pnpm start` runs in the folder of an example, with a runtime's binary on the PATH. */
export async function startCommand(folder: URL, binary: string): Promise<readonly string[]> {
  const { scripts } = JSON.parse(await readFile(new URL('package.json', folder), 'utf8'))
  const path = [dirname(binary), process.env.PATH].join(delimiter)
  return ['env', `PATH=${path}`, ...scripts.start.split(' ')]
}
