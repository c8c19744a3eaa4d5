import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { run, runJson } from '../support/run.js'

const secret = 'visibuild-secret-0123456789abcdef'
const scheme = ['--scheme', 'visibuild', '--now', '1767225600']
const hint =
  /^hint: "S" ends with a line end, which was removed\..*trim the secret there, or store it with printf %s\.\n$/
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-ending-'))
  const { stdout } = await run(['sign', ...scheme, '--secret-env', 'S'], { env: { S: secret } })
  await writeFile(join(folder, 'delivery.http'), stdout)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** Runs a command with the secret in a file of these bytes. */
async function withStored(stored: string, ...args: readonly string[]) {
  await writeFile(join(folder, 'S'), stored)
  return run([...args, ...scheme, '--secret-file', 'S'], { cwd: folder })
}

describe('a stored secret that ends in a line end', () => {
  test.each(['\n', '\r\n'])('is valid, and the hint says what other programs read: %j', async (end) => {
    for (const command of ['verify', 'explain']) {
      const { code, stdout, stderr } = await withStored(secret + end, command, 'delivery.http')

      expect([code, stdout]).toEqual([0, expect.stringMatching(/^(accepted|valid): /)])
      expect(stderr).toMatch(hint)
    }
  })

  test('is reported for stdin, and in JSON', async () => {
    const args = ['delivery.http', ...scheme, '--secret-stdin']
    const options = { cwd: folder, stdin: `${secret}\n` }
    const verified = await runJson(['verify', ...args], options)
    const explained = await runJson(['explain', ...args], options)

    expect(verified.json).toMatchObject({ verdict: 'accepted', hints: [expect.stringContaining('line end')] })
    expect(explained.json).toMatchObject({
      verdict: 'valid',
      findings: [{ cause: 'secret.stored-line-end', target: 'secret', level: 'hint' }],
    })
  })

  test('is reported by sign and send, too', async () => {
    const { code, stderr } = await withStored(`${secret}\n`, 'sign')

    expect([code, stderr]).toEqual([0, expect.stringMatching(hint)])
  })

  test('keeps other white space, and says so', async () => {
    for (const [stored, sentence] of [
      [`${secret} `, 'ends with white space, which was kept'],
      [`${secret} \n`, 'the white space before it was kept'],
      [`${secret}\n\n`, 'the white space before it was kept'],
    ] as const) {
      const { code, stdout, stderr } = await withStored(stored, 'explain', 'delivery.http')

      expect(stderr).toContain(sentence)
      expect([code, stdout]).toEqual([0, expect.stringContaining('PROOF  secret.surrounding-space')])
    }
  })

  test('prints no hint without one, or for a variable', async () => {
    const env = { S: secret }
    const byFile = await withStored(secret, 'verify', 'delivery.http')
    const byName = await run(['verify', 'delivery.http', ...scheme, '--secret-env', 'S'], {
      cwd: folder,
      env,
    })

    expect([byFile.stderr, byName.stderr]).toEqual(['', ''])
  })

  test('never shows the secret', async () => {
    const { stdout, stderr } = await withStored(`${secret}\n`, 'verify', 'delivery.http')

    expect(stdout + stderr).not.toContain(secret)
  })
})
