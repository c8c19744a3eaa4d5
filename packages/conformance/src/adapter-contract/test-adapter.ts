import { deepEqual } from 'node:assert/strict'
import type { Vector } from '@countersign/testing'
import type { ContractGroup } from '../routes/contract-group.js'
import { contractCases } from './cases/index.js'
import type { ContractProgram, Target } from './contract-program.js'
import {
  type ContractException,
  checkExceptions,
  exceptionTimeoutMs,
  expectFailure,
  isExcepted,
  nameException,
} from './exceptions.js'
import { groupVectors, type VectorsOfGroup } from './group-vectors.js'
import { judgeVectors } from './judge-vectors.js'
import { locateProgram } from './locate-program.js'
import { type ContractReport, publishReport } from './report.js'
import { runCase } from './run-case.js'
import { type SentVector, sendVectors } from './send-vectors.js'
import { watchRejections } from './watch-rejections.js'

/** Options of {@link testAdapter}. */
export interface TestAdapterOptions {
  /** The name of the adapter, with its version if that matters: `Express 5`. */
  readonly name: string
  /** The test vectors, from `loadVectors` of `@countersign/testing`. */
  readonly vectors: readonly Vector[]
  /**
   * Declares a test, like `test` of Vitest and Jest, whose third argument is the time limit in milliseconds. Wrap that of node:test:
   * `(name, run, timeout) => void test(name, { timeout }, run)`.
   */
  readonly test: (name: string, run: () => Promise<void>, timeoutMs: number) => unknown
  /** Runs once before all tests, like `beforeAll` of Vitest and Jest. Wrap `before` of node:test in the same way. */
  readonly beforeAll: (run: () => Promise<void>, timeoutMs: number) => unknown
  /** Runs once after all tests, like `afterAll` of Vitest and Jest. Wrap `after` of node:test in the same way. */
  readonly afterAll: (run: () => Promise<void>, timeoutMs: number) => unknown
  /** Starts the program that mounts `createContractRoutes(groups)`. */
  readonly start: (groups: readonly ContractGroup[]) => Promise<ContractProgram>
  /** Milliseconds that `start` may take, for example for a build. Default 60,000. */
  readonly startTimeoutMs?: number
  /** Milliseconds without a byte after which an answer counts as lost. Default 10,000. */
  readonly answerTimeoutMs?: number
  /** Cases and vectors that the adapter cannot pass, each with the reason. Default: none. */
  readonly exceptions?: readonly ContractException[]
}

const testTimeoutMs = 60_000

/**
 * Declares the tests of the adapter contract: what every adapter of Countersign does, over real HTTP. They send all test vectors that
 * HTTP can carry, and a case for everything that frameworks, clients and handlers are known to do to a webhook. At the end one line
 * on stdout summarises the run; if the environment variable `COUNTERSIGN_CONTRACT_RESULTS` names a folder, a report is written there.
 *
 * The program mounts `createContractRoutes(groups)` of `@countersign/conformance/routes`.
 *
 * @throws Error if an exception names a case or vector that does not exist, appears twice or has no reason
 *
 * @example
 * import { testAdapter } from '@countersign/conformance'
 * import { createContractRoutes } from '@countersign/conformance/routes'
 * import { webhook, webhookHandler } from '@countersign/core/node'
 * import { loadVectors } from '@countersign/testing'
 * import { once } from 'node:events'
 * import { createServer } from 'node:http'
 * import { afterAll, beforeAll, test } from 'vitest'
 *
 * testAdapter({
 *   name: 'node:http',
 *   vectors: await loadVectors('test-vectors/vectors'),
 *   test,
 *   beforeAll,
 *   afterAll,
 *   async start(groups) {
 *     const { routes, control } = createContractRoutes(groups)
 *     // A whole suite also mounts routes with `isParsedBefore` and `outerOptions`.
 *     const listeners = new Map(
 *       routes.map(({ path, form, options, run, handle }) => {
 *         if (form === 'handles') return [path, webhookHandler(options, handle)] as const
 *         const accept = webhook(options)
 *         return [path, async (...[request, response]: Parameters<typeof accept>) => {
 *           const delivery = await accept(request, response)
 *           if (delivery) response.writeHead(await run(delivery)).end()
 *         }] as const
 *       }),
 *     )
 *     const server = createServer((request, response) => {
 *       const [path = ''] = (request.url ?? '').split('?')
 *       void listeners.get(path)?.(request, response)
 *     }).listen(0, '127.0.0.1')
 *     await once(server, 'listening')
 *     const address = server.address()
 *     const port = typeof address === 'object' ? address?.port : undefined
 *     return { origin: `http://127.0.0.1:${port}`, control, stop: async () => void server.close() }
 *   },
 * })
 */
export function testAdapter(options: TestAdapterOptions): void {
  const { name, vectors, test, beforeAll, afterAll, start, exceptions = [] } = options
  checkExceptions(exceptions, { cases: contractCases, vectors })
  const groups = groupVectors(vectors)
  const rejections = watchRejections()
  const counts = { vectors: new Map<string, number>(), cases: 0, excepted: 0 }
  const tests = { declared: 0, begun: 0, failed: 0 }
  let program: ContractProgram | undefined
  let target: Target

  const declare = (title: string, run: () => Promise<void>) => {
    tests.declared += 1
    const counted = async () => {
      tests.begun += 1
      tests.failed += 1
      await run()
      // A test that does not reach this line has failed, for example because the runner timed it out.
      tests.failed -= 1
    }
    test(title, counted, testTimeoutMs)
  }

  beforeAll(async () => {
    program = await start(groups.map(({ group }) => group))
    target = {
      ...locateProgram(program),
      limitMs: options.answerTimeoutMs ?? 10_000,
      rejections: rejections.list,
    }
    rejections.begin()
  }, options.startTimeoutMs ?? testTimeoutMs)

  for (const file of new Set(groups.map(fileOf))) {
    declare(`vectors: ${file}`, async () => {
      const sent: SentVector[] = []
      for (const group of groups)
        if (fileOf(group) === file) sent.push(...(await sendVectors(group, target, exceptions)))
      const { passed, excepted, problems } = judgeVectors(sent, exceptions)
      counts.vectors.set(file, passed)
      counts.excepted += excepted
      deepEqual(problems, [])
    })
  }

  for (const contractCase of contractCases) {
    const exception = exceptions.find((exception) => isExcepted(exception, contractCase))
    declare(contractCase.name, async () => {
      if (!exception) {
        await runCase(contractCase, target)
        counts.cases += 1
        return
      }
      await expectFailure(exception, () => runCase(contractCase, { ...target, limitMs: exceptionTimeoutMs }))
      counts.excepted += 1
    })
  }

  afterAll(async () => {
    if (!program) return
    rejections.end()
    const report: ContractReport = {
      adapter: name,
      vectors: Object.fromEntries(counts.vectors),
      cases: counts.cases,
      excepted: counts.excepted,
      exceptions: exceptions.map((exception) => ({
        case: nameException(exception),
        reason: exception.reason,
      })),
      failed: tests.failed,
    }
    // A partial run says nothing about an adapter.
    if (tests.begun === tests.declared) await publishReport(report)
    target.close()
    await program.stop()
  }, testTimeoutMs)
}

function fileOf({ vectors }: VectorsOfGroup): string {
  return vectors[0]?.file ?? ''
}
