import { explain } from '@countersign/diagnosis'
import { describe, expect, test } from 'vitest'
import { causes } from '../../src/explain/causes.js'
import { hintedBodies, provedBodies } from './scenes/body-scenes.js'
import { hintedContents, provedContents } from './scenes/content-scenes.js'
import { hintedSecrets, provedSecrets } from './scenes/secret-scenes.js'
import { hintedSignatures, provedSignatures } from './scenes/signature-scenes.js'
import type { Case } from './support/signed.js'

const proved = { ...provedSecrets, ...provedBodies, ...provedSignatures, ...provedContents }
const hinted = { ...hintedSecrets, ...hintedBodies, ...hintedSignatures, ...hintedContents }
const entries = (scenes: Readonly<Record<string, () => Case>>) => Object.entries(scenes)

describe('every cause', () => {
  test('that has advice comes about here, and no other', () => {
    expect([...new Set([...Object.keys(proved), ...Object.keys(hinted)])].sort()).toEqual(
      Object.keys(causes).sort(),
    )
  })

  test.each(entries(proved))('%s is proved', async (cause, make) => {
    const { capture, options } = make()

    const { verdict, findings } = await explain(capture, options)

    expect(findings.filter(({ level }) => level === 'proof').map((finding) => finding.cause)).toContain(cause)
    expect(verdict).toBe('explained')
  })

  test.each(entries(hinted))('%s is a hint', async (cause, make) => {
    const { capture, options } = make()

    // By this clock the search is as short on every machine, and behind the singles and the special cases.
    let ticks = 0
    const clock = () => ticks++
    const { verdict, findings } = await explain(capture, { ...options, budgetMs: 700, clock })

    expect(findings.map((finding) => finding.cause)).toContain(cause)
    expect(findings.filter(({ level }) => level === 'proof')).toEqual([])
    expect(verdict).toBe('unexplained')
  })
})
