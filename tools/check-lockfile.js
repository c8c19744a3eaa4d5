/**
 * Why: a lockfile that names its registry makes every install use that registry, and fails where it cannot be reached.
 * Integrity hashes already fix the bytes, so each user may install from any registry. Dependencies from git or from a URL
 * have no such hash.
 */
import { readFile } from 'node:fs/promises'

const text = await readFile(new URL('../pnpm-lock.yaml', import.meta.url), 'utf8')
const named = text.split('\n').flatMap((line, index) => {
  return /https?:\/\/|\bgit[+@][a-z]|\btarball:/.test(line)
    ? [`pnpm-lock.yaml:${index + 1}: ${line.trim()}`]
    : []
})
if (named.length > 0) {
  console.error(`The lockfile must not name hosts or tarballs:\n${named.join('\n')}`)
  process.exitCode = 1
}
