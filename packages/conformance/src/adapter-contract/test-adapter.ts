import { deepEqual } from 'node:assert/strict'
import type { Vector } from '@countersign/testing'
import type { ContractGroup } from '../routes/contract-group.js'
import { contractCases } from './cases/index.js'
import type { ContractProgram, Target } from './contract-program.js'
import {
  type ContractException,
  checkExceptions,
  expectFailure,
  isExcepted,
  lostMs,
  nameException,
} from './exceptions.js'
import { groupVectors, type VectorsOfGroup } from './group-vectors.js'
import { judgeVectors } from './judge-vectors.js'
import { locateProgram } from './locate-program.js'
import { type ContractReport, publishReport } from './report.js'
import { runCase } from './run-case.js'
import { type SentVector, sendVectors } from './send-vectors.js'
import { watchRejections } from './watch-rejections.js'

/** How an adapter is put to the test. */
export interface TestAdapterOptions {
  /** What is tested, with its version where that matters: `Express 5`. */
  readonly name: string
  /** From `loadVectors`. */
  readonly vectors: readonly Vector[]
  /**
   * Declares a test; so do Vitest's and Jest's, whose third argument is the time limit in milliseconds. For node:test, wrap it:
   * `(name, run) => void test(name, run)`, and its `before` and `after` likewise.
   */
  readonly test: (name: string, run: () => Promise<void>, timeoutMs: number) => unknown
  readonly beforeAll: (run: () => Promise<void>, timeoutMs: number) => unknown
  readonly afterAll: (run: () => Promise<void>, timeoutMs: number) => unknown
  /** Starts the program that mounts `createContractRoutes(groups)`. */
  readonly start: (groups: readonly ContractGroup[]) => Promise<ContractProgram>
  /** Milliseconds for `start`, as for a build. Default 60,000. */
  readonly startTimeoutMs?: number
  /** Milliseconds without a sign after which a case takes an answer for lost. Default 10,000. */
  readonly answerTimeoutMs?: number
  /** Cases the adapter cannot pass, each with the reason. Best: none. */
  readonly exceptions?: readonly ContractException[]
}

const testTimeoutMs = 60_000

/**
 * Declares the adapter contract's tests: what every adapter of Countersign does, over real HTTP. All test vectors that HTTP can
 * carry, and a case for each thing that frameworks, clients and handlers are known to do to a webhook. Afterwards one line on
 * stdout sums it up, and where the environment variable `COUNTERSIGN_CONTRACT_RESULTS` names a folder, a file there.
 *
 * The program mounts `createContractRoutes(groups)` of `@countersign/conformance/routes`.
 *
 * @throws Error where an exception names a case that does not exist
 *
 * @example
 * testAdapter({
 *   name: 'my framework',
 *   vectors: await loadVectors('test-vectors/vectors'),
 *   test, beforeAll, afterAll,
 *   start: async (groups) => {
 *     const { routes, control } = createContractRoutes(groups)
 *     const { origin, stop } = await serveWithMyAdapter(routes)
 *     return { origin, control, stop }
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
      // Whatever does not come to this line has failed, a test that the runner cuts off among it.
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
      await expectFailure(exception, () => runCase(contractCase, { ...target, limitMs: lostMs }))
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
    // A part of the contract says nothing about an adapter.
    if (tests.begun === tests.declared) await publishReport(report)
    target.close()
    await program.stop()
  }, testTimeoutMs)
}

function fileOf({ vectors }: VectorsOfGroup): string {
  return vectors[0]?.file ?? ''
}
