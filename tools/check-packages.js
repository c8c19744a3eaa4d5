/**
 * Why: a package can be broken for its users while every test of its source passes. A missing file, types for the wrong
 * module system or a misplaced export condition only show in the published package. So this packs each package as it would
 * be published and runs two external tools:
 *
 * - publint: do the manifest's promises hold for the files inside? Warnings fail too.
 * - attw: do types and code agree, for `import` and for `require`? The profile `node16` leaves out resolution that
 *   knows no `exports`, which Node has had since version 12. Packages that hold only data have no types to check.
 *
 * It also checks a rule of our own: a published package names its dependencies by version, never as `workspace:`.
 *
 * Run it after `pnpm build`.
 */
import { spawnSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { packPackages } from './pack-packages.js'

const folder = await mkdtemp(join(tmpdir(), 'countersign-packages-'))
const problems = []
try {
  for (const { name, tarball, manifest } of await packPackages(folder)) {
    const hasTypes = JSON.stringify(manifest.exports).includes('"types"')
    const checks = [
      ['publint', 'run', tarball, '--strict'],
      ...(hasTypes ? [['attw', tarball, '--profile', 'node16', '--no-definitely-typed']] : []),
    ]
    for (const check of checks) {
      if (!passes(name, check)) problems.push(`${name}: ${check[0]}`)
    }
    if (JSON.stringify(manifest).includes('"workspace:')) problems.push(`${name}: a workspace: range`)
  }
} finally {
  await rm(folder, { recursive: true })
}
if (problems.length > 0) {
  console.error(`\nCannot be published:\n${problems.map((problem) => `  ${problem}`).join('\n')}`)
  process.exitCode = 1
}

/**
 * @param {string} name the package's
 * @param {string[]} check
 */
function passes(name, [command = '', ...args]) {
  const { status, error, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' })
  if (error) throw error
  console.log(`${name}: ${command} ${status === 0 ? 'passed' : `failed\n${stdout}${stderr}`}`)
  return status === 0
}
