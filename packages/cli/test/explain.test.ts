import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { visibuild } from '@countersign/core/schemes'
import { createSender } from '@countersign/testing'
import { afterAll, describe, expect, test } from 'vitest'
import { detectFramework } from '../src/explain/detect-framework.js'
import { run, runJson } from './support/run.js'

const secret = 'visibuild-secret-0123456789abcdef'
const env = { S: secret, OLD: 'visibuild-secret-of-last-year-01', BLANK: ` ${secret}`, EMPTY: '' }
const now = 1_767_225_600
const folder = mkdtempSync(join(tmpdir(), 'countersign-explain-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const sender = createSender({ scheme: visibuild(), secret, now: () => now * 1000 })
const { headers } = sender.sign({ body: '{"id":"1","type":"a"}' })

/** A capture of the delivery, with another body where one is given. */
function captured(body = '{"id":"1","type":"a"}', name = 'capture.json'): string {
  writeFileSync(
    join(folder, name),
    JSON.stringify({ headers, bodyBase64: Buffer.from(body).toString('base64') }),
  )
  return name
}

function explainArgs(file: string, ...more: readonly string[]): string[] {
  const usual = ['--scheme', 'visibuild', '--now', String(now)]
  return ['explain', file, ...usual, ...(more.includes('--secret-env') ? [] : ['--secret-env', 'S']), ...more]
}

describe('countersign explain', () => {
  test('says that a capture is valid', async () => {
    const { code, stdout } = await run(explainArgs(captured()), { env, cwd: folder })
    expect([code, stdout]).toEqual([0, 'valid: POST with a body of 21 bytes, scheme visibuild\n'])
  })

  test('names the cause, with what proves it and what to change', async () => {
    const { code, stdout } = await run(explainArgs(captured('{"id":"1","type":"a"}\n')), { env, cwd: folder })
    expect(code).toBe(0)
    expect(stdout).toMatch(/^explained: ERR_WEBHOOK_SIGNATURE_MISMATCH: POST with a body of 22 bytes/)
    expect(stdout).toContain('PROOF  body.trailing-newline-added (body)\n')
  })

  test('of another scheme it says so, with the very command to run next', async () => {
    const file = captured('{"id":"1","type":"a"}', "it's a capture.json")
    const args = ['explain', file, '--now', String(now), '--secret-env', 'OLD', '--budget', '0.2']
    const { code, stdout } = await run([...args, '--scheme', 'github'], { env, cwd: folder })
    expect(code).toBe(1)
    expect(stdout).toMatch(/^unexplained: .*\nhint {3}sig\.header-missing \(header\)\n/)
    const next = /^ {7}Next: countersign (.*)$/m.exec(stdout)?.[1] ?? ''
    expect(next).toBe(
      `explain 'it'\\''s a capture.json' --now ${now} --secret-env OLD --budget 0.2 --scheme visibuild`,
    )
    // What a shell would make of it.
    const words = execFileSync('sh', ['-c', `printf '%s\\0' ${next}`], { encoding: 'utf8' }).split('\0')
    const second = await run(words.slice(0, -1), { env: { ...env, OLD: secret }, cwd: folder })
    expect(second.stdout).toMatch(/^valid: /)
    const equals = await run([...args, '--scheme=github'], { env, cwd: folder })
    expect(equals.stdout).toContain('--scheme=visibuild\n')
  })

  test('of another scheme it is proved with its secret, and values of typed headers are not repeated', async () => {
    const typed = headers.flatMap(([name, value]) => ['--header', `${name}: ${value}`])
    writeFileSync(join(folder, 'body.json'), '{"id":"1","type":"a"}')
    const { code, stdout } = await run(
      ['explain', ...typed, '--body-file', 'body.json', '--scheme', 'github', '--secret-env', 'S'],
      { env, cwd: folder },
    )
    expect(code).toBe(0)
    expect(stdout).toContain('PROOF  request.other-scheme (header)\n')
    expect(stdout).toContain('Next: the same command with --scheme visibuild\n')
    expect(stdout).not.toMatch(/[0-9a-f]{40}/)
  })

  test('is the same for machines', async () => {
    const file = captured('{"id":"1","type":"a"}\n')
    const { code, json } = await runJson(explainArgs(file, '--secret-env', 'BLANK', '--json'), {
      env,
      cwd: folder,
    })
    expect(code).toBe(0)
    expect(json).toMatchObject({ verdict: 'explained', searchedWhole: true })
    const { findings } = json as { findings: readonly { cause: string; target: string; level: string }[] }
    expect(findings.map(({ cause, target, level }) => [cause, target, level]).sort()).toEqual([
      ['body.trailing-newline-added', 'body', 'proof'],
      ['secret.surrounding-space', 'secret', 'proof'],
    ])
    expect(Object.keys(findings[0] ?? {}).sort()).toEqual(['advice', 'cause', 'level', 'target'])
  })

  test('takes the first secret for the one in use, and tries the others', async () => {
    const args = explainArgs(captured(), '--secret-env', 'OLD', '--secret-env', 'S')
    const { code, stdout } = await run(args, { env, cwd: folder })
    expect([code, stdout]).toEqual([0, expect.stringMatching(/PROOF {2}secret\.\S+ \(secret\)\n.*\bS\b/)])
  })

  test('ends with 1 where nothing explains it', async () => {
    const { code, stdout } = await run(explainArgs(captured('{"id":"2"}')), { env, cwd: folder })
    expect([code, stdout]).toEqual([1, expect.stringMatching(/^unexplained: ERR_WEBHOOK_SIGNATURE_MISMATCH/)])
    expect(stdout).not.toContain('PROOF')
  })

  test('an empty secret is a cause, not a mistake of the command line', async () => {
    const { code, json } = await runJson(explainArgs(captured(), '--secret-env', 'EMPTY', '--json'), {
      env,
      cwd: folder,
    })
    const { findings } = json as { findings: readonly object[] }
    expect([code, findings[0]]).toMatchObject([1, { cause: 'secret.empty', level: 'hint' }])
  })

  test('a delivery that is too old is explained by its age', async () => {
    const args = [
      'explain',
      captured(),
      '--scheme',
      'visibuild',
      '--secret-env',
      'S',
      '--now',
      String(now + 3_600),
    ]
    const { code, stdout } = await run(args, { env, cwd: folder })
    expect([code, stdout]).toEqual([0, expect.stringContaining('PROOF  time.too-old (time)')])
  })

  test('says that the time was too short', async () => {
    const args = explainArgs(captured(`{"id":"2","pad":"${'é<'.repeat(5_000)}"}`), '--budget', '0.001')
    const { code, stdout } = await run(args, { env, cwd: folder })
    expect([code, stdout]).toEqual([1, expect.stringContaining('--budget')])
  })
})

describe('the framework at hand', () => {
  test.each([
    [{ dependencies: { express: '5', '@nestjs/core': '11' } }, 'nestjs'],
    [{ dependencies: { fastify: '5' } }, 'fastify'],
    [{ devDependencies: { next: '16' } }, 'next-pages'],
    [{ dependencies: { lodash: '4' } }, undefined],
  ])('%j: %s', async (manifest, framework) => {
    const place = mkdtempSync(join(folder, 'project-'))
    mkdirSync(join(place, 'src'))
    writeFileSync(join(place, 'package.json'), JSON.stringify(manifest))
    expect(await detectFramework(join(place, 'src'))).toBe(framework)
  })

  test('a folder app/ is the App Router', async () => {
    const place = mkdtempSync(join(folder, 'project-'))
    mkdirSync(join(place, 'app'))
    writeFileSync(join(place, 'package.json'), '{ "dependencies": { "next": "16" } }')
    expect(await detectFramework(place)).toBe('next-app')
  })

  test('the advice is for it', async () => {
    const args = explainArgs(captured('{ "id": "1", "type": "a" }'), '--framework')
    const forExpress = await run([...args, 'express'], { env, cwd: folder })
    const forFastify = await run([...args, 'fastify'], { env, cwd: folder })
    expect(forExpress.stdout).not.toBe(forFastify.stdout)
  })
})
