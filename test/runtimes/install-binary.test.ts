import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { installBinary } from './install-binary.js'

const platform = `${process.platform}-${process.arch}`
const runtime = { version: '1.2.3', packages: { [platform]: '@some/runtime' }, binary: 'bin/runtime' }

describe('installBinary', () => {
  let folder: string
  let cache: string

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'countersign-install-'))
    cache = join(folder, 'cache')
  })
  afterEach(async () => {
    vi.unstubAllEnvs()
    await rm(folder, { recursive: true })
  })

  /** Replaces npm by a program, which gets npm's arguments. */
  async function stubNpm(script: string): Promise<void> {
    await writeFile(join(folder, 'npm'), `#!${process.execPath}\n${script}`)
    await chmod(join(folder, 'npm'), 0o755)
    vi.stubEnv('PATH', folder)
  }

  const installing = (binary: string) => `
    const { appendFileSync, mkdirSync, writeFileSync } = require('node:fs')
    appendFileSync(${JSON.stringify(folder)} + '/calls', process.argv.at(-1) + '\\n')
    const folder = process.argv[process.argv.indexOf('--prefix') + 1] + '/node_modules/@some/runtime/bin'
    mkdirSync(folder, { recursive: true })
    writeFileSync(folder + '/${binary}', '')`

  test('installs a binary once', async () => {
    await stubNpm(installing('runtime'))
    const path = join(cache, '@some+runtime@1.2.3/node_modules/@some/runtime/bin/runtime')
    expect(await installBinary(runtime, cache)).toBe(path)
    expect(await installBinary(runtime, cache)).toBe(path)
    expect(await readFile(join(folder, 'calls'), 'utf8')).toBe('@some/runtime@1.2.3\n')
  })

  test('returns the same binary to concurrent callers, and leaves nothing else behind', async () => {
    await stubNpm(installing('runtime'))
    const paths = await Promise.all([1, 2, 3].map(() => installBinary(runtime, cache)))
    expect(new Set(paths).size).toBe(1)
    expect(await readdir(cache)).toEqual(['@some+runtime@1.2.3'])
  })

  test("reports npm's error if it fails, and leaves nothing behind", async () => {
    await stubNpm(`console.error('npm error code E404\\nnpm error 404 Not Found'); process.exit(1)`)
    await expect(installBinary(runtime, cache)).rejects.toThrow(
      'npm cannot install @some/runtime@1.2.3: 404 Not Found',
    )
    expect(await readdir(cache)).toEqual([])
  })

  test('reports that npm is missing', async () => {
    vi.stubEnv('PATH', folder)
    await expect(installBinary(runtime, cache)).rejects.toThrow(/@some\/runtime@1\.2\.3: .*npm ENOENT/)
  })

  test('reports a package without the binary', async () => {
    await stubNpm(installing('other'))
    await expect(installBinary(runtime, cache)).rejects.toThrow('@some/runtime holds no bin/runtime')
    expect(await readdir(cache)).toEqual([])
  })

  test('reports a platform without a package', async () => {
    await expect(installBinary({ ...runtime, packages: {} }, cache)).rejects.toThrow(`known for ${platform}`)
  })
})
