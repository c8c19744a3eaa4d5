import { expect, test } from 'vitest'
import { claimRequest, completeRequest, storeFailed } from '../../../test/support/store-requests.js'
import { redisStore } from '../src/index.js'
import { passClientCheck } from './support/pass-client-check.js'

const owned = { key: 'key', token: 'a' }

const answers = [
  undefined,
  true,
  0,
  1,
  42,
  {},
  [],
  '',
  'PONG',
  'rubbish',
  ['0'],
  ['x', []],
  [0, [1]],
  ['0', 'key'],
  'claimed',
  'claimed 0',
  'claimed -1',
  'claimed 1 5',
  'CLAIMED 1',
  'claimed 1\n',
  'in-progress 2',
  'in-progress 2 0',
  'in-progress 2 same',
  'completed 2',
  'completed 2 5',
  'failed',
  'held 1 other',
  'forgotten',
  'yes no',
  'free 1 - - -',
  Buffer.from('OK'),
]

test.each(answers)('%j is an invalid answer to a claim by script', async (answer) => {
  // The SET of a first claim is answered as it should be: somebody has the key.
  const client = passClientCheck(async ([name]) => (name === 'SET' ? null : answer))
  await expect(redisStore({ client }).claim(claimRequest('key', 'a'))).rejects.toMatchObject(storeFailed)
})

test.each([...answers, 'yes', 'no', 'Ok'])('%j is an invalid answer to a first claim', async (answer) => {
  const client = passClientCheck(async () => answer)
  await expect(redisStore({ client }).claim(claimRequest('key', 'a'))).rejects.toMatchObject(storeFailed)
})

test.each([...answers, null, 'OK', 'claimed 1'])(
  '%j is an invalid answer to any other command',
  async (answer) => {
    const store = redisStore({ client: async () => answer })
    const calls = [
      () => store.extend({ ...owned, leaseMs: 1 }),
      () => store.acknowledge(owned),
      () => store.complete(completeRequest('key', 'a')),
      () => store.fail(owned),
      () => store.forget({ key: 'key' }),
      () => store.release(owned),
      () => store.count(),
      () => store.list()[Symbol.asyncIterator]().next(),
    ]
    // `failed` is what a release may be answered.
    for (const call of calls.filter((_, index) => index !== 5 || answer !== 'failed')) {
      await expect(call()).rejects.toMatchObject(storeFailed)
    }
  },
)

test.each(['rubbish', 'yes', 'claimed 1', 'claimed 1 5', 'unknown 1 - -', 'claimed x - -'])(
  '%j is an invalid answer to an inspection',
  async (answer) => {
    const client = async ([name]: readonly string[]) => (name === 'SCAN' ? ['0', ['countersign:a']] : answer)
    await expect(redisStore({ client }).count()).rejects.toMatchObject(storeFailed)
  },
)
