import { posix } from 'node:path'
import ts from 'typescript'

/** @import { Tree } from '../sources/read-tree.js' */

const core = 'packages/core/src'
const steps = `${core}/steps/`

/**
 * A call of a step. One of several alternatives is called, as in `verifier ? callVerifier() : computeSignatures()`.
 *
 * @typedef {{ readonly alternatives: readonly { readonly name: string, readonly file: string }[] }} StepCall
 */

/** @type {(tree: Tree, file: string) => readonly StepCall[]} calls of steps in a file of the core, in the order in which it writes them */
export function readStepCalls(tree, file) {
  const text = tree.get(`${core}/${file}`)
  if (text === undefined)
    throw new Error(`${core}/${file} is gone: name its successor in tools/architecture/.`)
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true)
  const imported = listImportedSteps(source, file)
  /** @type {Map<ts.Node, { name: string, file: string }[]>} */
  const calls = new Map()
  /** @type {(node: ts.Node) => void} */
  const visit = (node) => {
    const step = ts.isCallExpression(node) && imported.get(node.expression.getText())
    if (step) {
      const choice = ts.findAncestor(node, ts.isConditionalExpression) ?? node
      calls.set(choice, [...(calls.get(choice) ?? []), { name: node.expression.getText(), file: step }])
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return [...calls.values()].map((alternatives) => ({ alternatives }))
}

/** @type {(source: ts.SourceFile, file: string) => ReadonlyMap<string, string>} */
function listImportedSteps(source, file) {
  /** @type {Map<string, string>} */
  const imported = new Map()
  for (const statement of source.statements) {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) continue
    const path = posix.join(core, posix.dirname(file), statement.moduleSpecifier.text).replace(/\.js$/, '.ts')
    const names = statement.importClause?.namedBindings
    if (!path.startsWith(steps) || !names || !ts.isNamedImports(names)) continue
    for (const { name } of names.elements) imported.set(name.text, path)
  }
  return imported
}

/** @type {(tree: Tree, name: string) => string} the file under the core's `steps/` that exports a step which another file than the flow's calls */
export function findStep(tree, name) {
  const found = [...tree].find(
    ([path, text]) =>
      path.startsWith(steps) && new RegExp(`^export (async )?function\\*? ${name}\\b`, 'm').test(text),
  )
  if (!found)
    throw new Error(`No step is called ${name} any more: name its successor in tools/architecture/.`)
  return found[0]
}
