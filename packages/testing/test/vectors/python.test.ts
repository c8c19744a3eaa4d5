import { execFile, spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { loadVectors, type VectorFile } from '@countersign/testing'
import { describe, expect, test } from 'vitest'
import { vectors } from '../../../../test/support/committed-vectors.js'
import visibuild from '../../../../test-vectors/vectors/visibuild.json' with { type: 'json' }

const program = fileURLToPath(new URL('../../../../test-vectors/verify_vectors.py', import.meta.url))
const isThere = spawnSync('python3', ['--version']).status === 0
const isRequired = process.env.COUNTERSIGN_REQUIRE_SERVICES === '1'
if (!isThere) console.warn('SKIPPED: there is no python3 here, so nobody but us checks the vectors.')

/** What the README leaves to its reader. */
const receiverInPython = `
import base64, json
from independent.decide import decide
from independent.refusal import Refused
scheme = json.load(open("vectors/visibuild.json", encoding="utf-8"))["scheme"]
def accepts(request, group, now):
    request = {**request, "body": base64.b64encode(request["body"]).decode()}
    try:
        return bool(decide(scheme, group["secrets"], group.get("options", {}), {"request": request, "now": now}))
    except Refused:
        return False
`

/** The last line of what the program prints, and its exit code. */
async function check(...files: readonly string[]): Promise<{ code: number; summary: string }> {
  const run = promisify(execFile)('python3', [program, ...files], { maxBuffer: 64_000_000 })
  const { code, stdout } = await run.then(
    (ended) => ({ ...ended, code: 0 }),
    (error: { code: number; stdout: string }) => error,
  )
  return { code, summary: stdout.trim().split('\n').at(-1) ?? '' }
}

if (isRequired) {
  test('python3 is there, as this run requires', () => {
    expect(isThere).toBe(true)
  })
}

describe.runIf(isThere)('the independent check, in Python', { timeout: 60_000 }, () => {
  test('agrees with every vector', async () => {
    expect(await check()).toEqual({ code: 0, summary: `${vectors.length} passed, 0 failed` })
  })

  const file = visibuild as unknown as VectorFile
  type Test = VectorFile['groups'][number]['tests'][number]
  const lies: readonly (readonly [name: string, edit: (test: Test) => object])[] = [
    ['the result', ({ result }) => ({ result: result === 'valid' ? 'invalid' : 'valid' })],
    ['the reason', () => ({ code: 'ERR_WEBHOOK_PAYLOAD_INVALID' })],
    ['authenticity', ({ authentic }) => ({ authentic: !authentic })],
    ['what is told', ({ delivery }) => ({ delivery: { ...delivery, id: 'another' } })],
  ]
  test.each(lies)('notices in every case when a file lies about %s', async (_, edit) => {
    const groups = file.groups.map((group) => ({
      ...group,
      tests: group.tests.map((test) => ({ ...test, ...edit(test) })),
    }))
    const folder = await mkdtemp(join(tmpdir(), 'countersign-'))
    await writeFile(join(folder, 'lies.json'), JSON.stringify({ ...file, groups }))
    const { code, summary } = await check(join(folder, 'lies.json'))
    await rm(folder, { recursive: true })
    expect({ code, summary }).toEqual({ code: 1, summary: `0 passed, ${file.numberOfTests} failed` })
  })

  test('the program of the README runs as it stands, and counts as the README says', async () => {
    const readme = await readFile(new URL('README.md', `file://${program}`), 'utf8')
    const code = /^```python\n([\s\S]*?)^```$/m.exec(readme)?.[1] ?? ''
    const folder = await mkdtemp(join(tmpdir(), 'countersign-'))
    await writeFile(join(folder, 'my_webhooks.py'), receiverInPython)
    const ended = spawnSync('python3', ['-c', `${code}\nprint(case["tcId"])`], {
      cwd: dirname(program),
      env: { ...process.env, PYTHONPATH: folder, PYTHONDONTWRITEBYTECODE: '1' },
      encoding: 'utf8',
    })
    await rm(folder, { recursive: true })
    expect(ended).toMatchObject({ stderr: '', stdout: `${file.numberOfTests}\n`, status: 0 })
    expect(readme).toContain(`\n${vectors.length} passed, 0 failed\n`)
  })

  test('fails when there is nothing to check', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'countersign-'))
    await writeFile(join(folder, 'none.json'), JSON.stringify({ ...file, numberOfTests: 0, groups: [] }))
    expect(await check(join(folder, 'none.json'))).toEqual({ code: 1, summary: '0 passed, 0 failed' })
    await rm(folder, { recursive: true })
  })
})

test('the loader takes what was read already', async () => {
  const loaded = await loadVectors(visibuild as unknown as VectorFile)
  expect(loaded).toEqual(vectors.filter(({ file }) => file === 'visibuild'))
})
