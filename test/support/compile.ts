import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { expect } from 'vitest'

/** Type checks one file as the repository does. @returns the errors in the files of its package */
export function compile(file: string, options: ts.CompilerOptions = {}): string[] {
  const config = ts.getParsedCommandLineOfConfigFile(
    fileURLToPath(new URL('../../tsconfig.json', import.meta.url)),
    { noEmit: true, ...options },
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic: (diagnostic) => expect.fail(textOf(diagnostic)) },
  )
  const program = ts.createProgram([file], config?.options ?? {})
  const [ofPackage = dirname(file)] = /^.*\/packages\/[^/]+\//.exec(file) ?? []
  return ts
    .getPreEmitDiagnostics(program)
    .filter((diagnostic) => diagnostic.file?.fileName.startsWith(ofPackage))
    .map(textOf)
}

function textOf({ file, start = 0, messageText }: ts.Diagnostic): string {
  const line = file ? `${file.fileName}:${file.getLineAndCharacterOfPosition(start).line + 1}` : ''
  return `${line} ${ts.flattenDiagnosticMessageText(messageText, '\n')}`
}
