import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { expect } from 'vitest'

/** Type checks one file as the repository does. @returns what is wrong in this package's files */
export function compile(file: string, options: ts.CompilerOptions = {}): string[] {
  const config = ts.getParsedCommandLineOfConfigFile(
    fileURLToPath(new URL('../../../../tsconfig.json', import.meta.url)),
    { noEmit: true, ...options },
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic: (diagnostic) => expect.fail(textOf(diagnostic)) },
  )
  const program = ts.createProgram([file], config?.options ?? {})
  const diagnostics = ts.getPreEmitDiagnostics(program)
  return diagnostics.filter(({ file }) => file?.fileName.includes('/packages/express/')).map(textOf)
}

function textOf({ file, start = 0, messageText }: ts.Diagnostic): string {
  const line = file ? `${file.fileName}:${file.getLineAndCharacterOfPosition(start).line + 1}` : ''
  return `${line} ${ts.flattenDiagnosticMessageText(messageText, '\n')}`
}
