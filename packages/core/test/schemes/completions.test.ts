import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../../../', import.meta.url))
const file = fileURLToPath(new URL('program-in-the-editor.ts', import.meta.url))

/** What an editor offers where the text has a bar. */
function completionsOf(text: string): readonly string[] {
  const place = text.indexOf('|')
  const source = text.replace('|', '')
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(`${root}tsconfig.json`, ts.sys.readFile).config,
    { ...ts.sys, readDirectory: () => [] },
    root,
  )
  const service = ts.createLanguageService({
    getCompilationSettings: () => options,
    getScriptFileNames: () => [file],
    getScriptVersion: () => '1',
    getScriptSnapshot: (name) => {
      if (name === file) return ts.ScriptSnapshot.fromString(source)
      return ts.sys.fileExists(name) ? ts.ScriptSnapshot.fromString(readFileSync(name, 'utf8')) : undefined
    },
    getCurrentDirectory: () => root,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: (name) => name === file || ts.sys.fileExists(name),
    readFile: ts.sys.readFile,
  })
  return service.getCompletionsAtPosition(file, place, {})?.entries.map(({ name }) => name) ?? []
}

const imports = `import { createReceiver } from '@countersign/core'
import { github, visibuild } from '@countersign/core/schemes'
`
const request = "{ method: 'POST', url: '/', headers: {}, body: new Uint8Array() }"

test.each([
  [
    'events of a scheme without payload types',
    "createReceiver({ scheme: github(), secret: '', events: ['|'] })",
    'push',
  ],
  [
    'events of a scheme with payload types',
    "createReceiver({ scheme: visibuild(), secret: '', events: ['|'] })",
    'ticket.created',
  ],
  [
    'a comparison with the event',
    `createReceiver({ scheme: github(), secret: '' }).receive(${request}, ({ event }) => event === '|')`,
    'pull_request',
  ],
])('an editor completes the names in %s', { timeout: 60_000 }, (_, code, name) => {
  expect(completionsOf(imports + code)).toContain(name)
})
