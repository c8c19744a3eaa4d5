import { execFile } from 'node:child_process'
import { chmod, cp, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { root } from '../../tools/sources/read-tree.js'
import type { ConsoleEntry } from './read-consoles.js'

/** A folder in which the commands of the pages work: it has their examples, and `countersign` is on the PATH. */
export interface ConsoleFolder {
  readonly folder: string
  readonly env: Readonly<Record<string, string>>
}

const senders = [
  'visisto',
  'fingerprinting-api',
  'embeddable',
  'visibuild',
  'github',
  'stripe',
  'slack',
  'shopify',
]

/** The environment of the pages' commands and of their receiver: `GITHUB_SECRET` and so on. */
export const secrets: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    senders.map((name) => [
      `${name.replaceAll('-', '_').toUpperCase()}_SECRET`,
      `${name}-secret-0123456789abcdef`,
    ]),
  ),
  STANDARD_WEBHOOKS_SECRET: `whsec_${Buffer.from('standard-webhooks-secret-0123456789').toString('base64')}`,
  SCRATCHER_USERNAME: 'scratcher',
  SCRATCHER_PASSWORD: 'scratcher-secret-0123456789abcdef',
}

const end = '--- end of the output ---'
/** The URL of the receiver in the pages. */
const shownUrl = 'http://127.0.0.1:3000'

/** Copies the examples, so that what a command saves stays out of the repository. */
export async function prepareConsole(folder: string): Promise<ConsoleFolder> {
  await cp(join(root, 'docs/cli/examples'), folder, { recursive: true })
  const command = join(folder, 'countersign')
  await writeFile(
    command,
    `#!/bin/sh\nexec "${process.execPath}" "${join(root, 'packages/cli/dist/bin.js')}" "$@"\n`,
  )
  await chmod(command, 0o755)
  return { folder, env: { ...secrets, PATH: `${folder}${delimiter}${process.env.PATH}`, NO_COLOR: '1' } }
}

/**
 * Runs the lines of a block in one shell, so that `echo $?` prints the exit code of the line before.
 *
 * @param receiverUrl the real URL of the receiver that the pages call `http://127.0.0.1:3000`
 * @returns what each line printed
 */
export function runConsole(
  entries: readonly ConsoleEntry[],
  { folder, env }: ConsoleFolder,
  receiverUrl: string,
): Promise<readonly string[]> {
  const script = entries
    .map(
      ({ command }) =>
        `${command.replaceAll(shownUrl, receiverUrl)}\nlast=$?; echo; echo '${end}'; (exit $last)`,
    )
    .join('\n')
  return new Promise((resolve, reject) => {
    execFile(
      'bash',
      ['-c', `exec 2>&1\n${script}`],
      { cwd: folder, env, timeout: 60_000 },
      (error, stdout) => {
        if (error?.killed) return reject(error)
        // A terminal shows no carriage returns.
        const text = stdout.replaceAll('\r', '').replaceAll(receiverUrl, shownUrl)
        const outputs = text.split(`\n${end}\n`)
        resolve(outputs.slice(0, -1).map((output) => output.trimEnd()))
      },
    )
  })
}

/** Durations, ids and times of day differ from run to run. */
export function withoutChance(output: string): string {
  return output
    .replaceAll(/\b\d+(\.\d+)? ?m?s\b/g, 'N ms')
    .replaceAll(/\b[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}\b/g, 'UUID')
    .replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g, 'TIME')
}
