import { findStep, readStepCalls } from './read-steps.js'

/** @import { Tree } from '../sources/read-tree.js' */
/** @import { StepCall } from './read-steps.js' */

/** The steps that the files of the flow do not call themselves: the adapter's call of the handler, and the end of every path. */
const handler = 'runHandler'
const answer = 'buildResponse'

/** The steps of the receiver after the handler. All but the last are for work that continues after the answer. */
const afterHandler = /^(acknowledge|settle)/

/** @type {(tree: Tree) => string} the way of one request, from the order of the calls in verify.ts and receiver.ts */
export function drawFlow(tree) {
  const verifying = readStepCalls(tree, 'verify.ts')
  const receiving = readStepCalls(tree, 'receiver.ts')
  const settling = receiving.filter(({ alternatives }) => afterHandler.test(alternatives[0]?.name ?? ''))
  const claiming = receiving.filter((call) => !settling.includes(call))
  const settle = settling.at(-1)
  if (!settle || claiming.length === 0)
    throw new Error('receiver.ts no longer claims, runs and settles by steps.')
  const deferred = settling.slice(0, -1)
  for (const step of [handler, answer]) findStep(tree, step)
  return [
    'flowchart TD',
    '  request([request])',
    ...group('verify', 'verify.ts: who sent it, when, what it says', verifying),
    ...group('claim', 'receiver.ts: once per event', claiming),
    `  handler(["${handler}: your code"])`,
    ...group('settle', 'receiver.ts: what is remembered of it', [...deferred, settle]),
    `  response(["${answer}"])`,
    '  request --> verify --> claim --> handler --> settle --> response',
    '  verify -- refused --> response',
    '  claim -- "duplicate, in progress, held" --> response',
  ].join('\n')
}

/** @type {(id: string, title: string, calls: readonly StepCall[]) => string[]} */
function group(id, title, calls) {
  const ids = calls.map((_, index) => `${id}${index + 1}`)
  return [
    `  subgraph ${id} ["${title}"]`,
    '    direction TB',
    ...calls.map(
      ({ alternatives }, index) =>
        `    ${ids[index]}["${alternatives.map(({ name }) => name).join(' or ')}"]`,
    ),
    ...(ids.length > 1 ? [`    ${ids.join(' --> ')}`] : []),
    '  end',
  ]
}
