// Examples use the packages as a user does, from their dist. A fresh clone has no dist, so this builds it. If it exists, this
// prints nothing, so that only the example's own output is shown.
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const isMissing = readdirSync(join(root, 'packages')).some(
  (name) => !existsSync(join(root, 'packages', name, 'dist', 'index.js')),
)
if (isMissing) {
  execFileSync('npx', ['-y', 'pnpm@12', 'build:js'], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] })
}
