import type { Tree } from '../../../tools/sources/read-tree.js'

/** The code of an `@example`: a program as one would copy it. */
export interface Example {
  readonly file: string
  /** Where its code begins. */
  readonly line: number
  readonly code: string
}

/** Every example in the comments of the packages' sources, with or without a fence around its code. */
export function readExamples(tree: Tree): Example[] {
  return [...tree]
    .filter(([file]) => /^packages\/[^/]+\/src\//.test(file))
    .flatMap(([file, text]) =>
      [...text.matchAll(/\/\*\*[\s\S]*?\*\//g)].flatMap(({ 0: comment, index }) => {
        const firstLine = text.slice(0, index).split('\n').length
        return examplesOf(comment).map(({ code, line }) => ({ file, code, line: firstLine + line }))
      }),
    )
}

function examplesOf(comment: string): { readonly code: string; readonly line: number }[] {
  const lines = comment
    .split('\n')
    .map((line) => line.replace(/^\s*(\/\*\*|\*\/|\* ?)/, '').replace(/\s*\*\/$/, ''))
  return lines.flatMap((line, at) => {
    if (!/^\s*@example\b/.test(line)) return []
    const fence = lines.findIndex((other, index) => index > at && /^```/.test(other))
    const nextTag = lines.findIndex((other, index) => index > at && /^@[a-z]+\b/i.test(other))
    const isFenced = fence > at && (nextTag < 0 || fence < nextTag)
    const begin = isFenced ? fence + 1 : at + 1
    const end = isFenced ? lines.findIndex((other, index) => index > fence && /^```/.test(other)) : nextTag
    return [{ code: lines.slice(begin, end < 0 ? undefined : end).join('\n'), line: begin }]
  })
}
