import { type Capture, discover } from '@countersign/diagnosis'
import { expect, test } from 'vitest'

const secret = 'whc_4f6a1b9c2d8e7053'
const basic = `Basic ${Buffer.from(`acme:${secret}`).toString('base64')}`

function capture(headers: Capture['headers'], url = 'https://shop.example.com/hooks'): Capture {
  return { method: 'POST', url, headers, body: Buffer.from('{"order":17}'), notes: [] }
}

test.each([
  ['a header', [['X-Acme-Token', secret]], { algorithm: 'token', header: 'X-Acme-Token' }],
  [
    'a bearer token',
    [['Authorization', `Bearer ${secret}`]],
    { algorithm: 'token', header: 'Authorization', prefix: 'Bearer ' },
  ],
  [
    'a word and an equals sign',
    [['Authorization', `Token token=${secret}`]],
    { algorithm: 'token', header: 'Authorization', prefix: 'Token token=' },
  ],
] as const)('%s that repeats the secret', async (_, headers, signature) => {
  const { candidates } = await discover([capture(headers)], { secret })

  expect(candidates).toHaveLength(1)
  expect(candidates[0]?.scheme.signature).toEqual(signature)
  expect(candidates[0]?.unknown).toContain('signature')
})

test('a parameter of the URL that repeats the secret', async () => {
  const { candidates } = await discover([capture([], `https://shop.example.com/hooks?key=${secret}&x=1`)], {
    secret,
  })

  expect(candidates.map(({ scheme }) => scheme.signature)).toEqual([{ algorithm: 'token', query: 'key' }])
})

test.each([
  ['as text', `acme:${secret}`],
  ['as user name and password', { username: 'acme', password: secret }],
])('Basic credentials, given %s', async (_, given) => {
  const { candidates } = await discover([capture([['Authorization', basic]])], { secret: given })

  expect(candidates.map(({ scheme }) => scheme)).toEqual([
    { name: 'my-sender', signature: { algorithm: 'basic' } },
  ])
})

test('half of the Basic credentials is said to be half', async () => {
  const { candidates, refusals } = await discover([capture([['Authorization', basic]])], { secret })

  expect(candidates).toEqual([])
  expect(refusals).toEqual([
    'The secret is one half of the Basic credentials in "Authorization"; give both, as user:password.',
  ])
})

test('a longer text that happens to end with the secret is no token', async () => {
  const { candidates } = await discover([capture([['X-Note', `our key, as agreed on, is ${secret}`]])], {
    secret,
  })

  expect(candidates).toEqual([])
})
