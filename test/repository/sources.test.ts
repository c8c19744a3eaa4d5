import { readFileSync } from 'node:fs'
import { basename, relative } from 'node:path'
import { describe, expect, test } from 'vitest'
import { listPackages, root } from './list-packages.js'

describe.each(listPackages())('the sources of $name', ({ files }) => {
  const sizes = files.map((file) => ({
    file: relative(root, file),
    lines: readFileSync(file, 'utf8').split('\n').length - 1,
  }))

  test('are files one can read at a sitting: none over 300 lines, half of them 80 or fewer', () => {
    expect(sizes.filter(({ lines }) => lines > 300)).toEqual([])
    const sorted = sizes.map(({ lines }) => lines).sort((a, b) => a - b)
    expect(sorted[Math.floor((sorted.length - 1) / 2)]).toBeLessThanOrEqual(80)
  })

  test('are named in kebab-case, by what they do', () => {
    const names = files.map((file) => basename(file, '.ts'))
    expect(names.filter((name) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name))).toEqual([])
    expect(names.filter((name) => /(^|-)(utils?|helpers?|manager|common|misc|base)(-|$)/.test(name))).toEqual(
      [],
    )
  })
})
