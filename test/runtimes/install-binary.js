import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const ownCache = fileURLToPath(new URL('../../node_modules/.cache/countersign-runtimes/', import.meta.url))

// One retry less than npm's default, and sooner, so that it fails fast without a network.
const npmOptions = ['--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock']
const npmPatience = ['--fetch-retries=1', '--fetch-retry-mintimeout=1000']

/**
 * Returns the path of a runtime's binary, and installs it from npm the first time. Two processes may call this at once: each
 * installs in its own folder, and the first to finish renames its folder to the final name.
 *
 * @param {Omit<import('./runtimes.js').Runtime, 'title'>} runtime
 * @returns {Promise<string>}
 * @throws Error if the platform has no package, or npm cannot install it
 */
export async function installBinary({ version, packages, binary }, cache = ownCache) {
  const platform = `${process.platform}-${process.arch}`
  const name = packages[platform]
  if (name === undefined) throw new Error(`no package with its binary is known for ${platform}`)
  const folder = join(cache, `${name.replace('/', '+')}@${version}`)
  const path = join(folder, 'node_modules', name, binary)
  if (existsSync(path)) return path

  await mkdir(cache, { recursive: true })
  const fresh = await mkdtemp(join(cache, 'installing-'))
  try {
    await install(`${name}@${version}`, fresh)
    if (!existsSync(join(fresh, 'node_modules', name, binary))) throw new Error(`${name} holds no ${binary}`)
    await rename(fresh, folder).catch((error) => {
      if (!existsSync(path)) throw error
    })
  } finally {
    await rm(fresh, { recursive: true, force: true })
  }
  return path
}

/**
 * @param {string} specifier
 * @param {string} folder
 */
async function install(specifier, folder) {
  const args = ['install', ...npmOptions, ...npmPatience, '--prefix', folder, specifier]
  try {
    await promisify(execFile)('npm', args, { timeout: 300_000 })
  } catch (error) {
    const { stderr = '' } = /** @type {{ stderr?: string }} */ (error)
    const reason =
      /^npm error (?!code |syscall |errno |type )(.+)$/m.exec(stderr)?.[1] ?? String(error).split('\n')[0]
    throw new Error(`npm cannot install ${specifier}: ${reason}`)
  }
}
