import { format } from 'node:util'
import { vi } from 'vitest'

/** Collects everything that is logged during a test, formatted as a user sees it. */
export interface CollectedLines {
  /** Texts in their order. A text may have a stack below its line. */
  readonly texts: readonly string[]
  /** For a logger that writes JSON. */
  readonly print: (json: string) => void
}

export function collectLines(): CollectedLines {
  const texts: string[] = []
  for (const level of ['error', 'warn', 'log', 'info'] as const)
    vi.spyOn(console, level).mockImplementation((...args) => void texts.push(`${level} ${format(...args)}`))
  return {
    texts,
    print: (json) => {
      const { level, msg, err } = JSON.parse(json)
      texts.push(`${level >= 50 ? 'error' : 'warn'} ${msg}${err?.stack ? `\n${err.stack}` : ''}`)
    },
  }
}
