/**
 * Why: a lockfile that names the registry it was written against fails everywhere that one cannot be reached, and
 * sends everybody else's installs there. Integrity hashes say which bytes are meant; where they come from is the
 * business of whoever installs. Dependencies from git or from a URL have no such hash.
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
