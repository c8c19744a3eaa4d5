import { afterEach, expect, test, vi } from 'vitest'
import { installBinary } from './install-binary.js'
import { obtainRuntime } from './obtain-runtime.js'

vi.mock('./install-binary.js')
afterEach(() => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
})

test('this Node is used for its own major', async () => {
  const major = process.versions.node.split('.')[0] as '20' | '22' | '24' | '26'
  expect(await obtainRuntime(`node-${major}`)).toBe(process.execPath)
  expect(installBinary).not.toHaveBeenCalled()
})

test('an unavailable runtime is reported with the reason', async () => {
  vi.stubEnv('COUNTERSIGN_REQUIRE_RUNTIMES', '')
  vi.mocked(installBinary).mockRejectedValue(new Error('no network'))
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined)
  expect(await obtainRuntime('bun')).toBeUndefined()
  expect(log.mock.calls).toEqual([['SKIPPED: Bun: no network']])
})

test('an unavailable runtime is an error if runtimes are required', async () => {
  vi.stubEnv('COUNTERSIGN_REQUIRE_RUNTIMES', '1')
  vi.mocked(installBinary).mockRejectedValue(new Error('no network'))
  await expect(obtainRuntime('bun')).rejects.toThrow('Bun: no network')
})
