import { expect, test } from 'vitest'
import { checkTarget } from '../../src/options/target-option.js'

test.each([
  'http://127.0.0.1:3000/hooks',
  'http://127.9.8.7/',
  'http://localhost:3000/hooks?a=b',
  'https://receiver.localhost/',
  'http://[::1]:3000/',
  'http://[::ffff:127.0.0.1]/',
  'http://2130706433/',
])('%s is this machine', async (url) => {
  expect((await checkTarget(url)).href).toBe(new URL(url).href)
})

test.each([
  'http://192.0.2.1/',
  'http://[2001:db8::1]/',
  'http://[::ffff:192.0.2.1]/',
  'http://0.0.0.0/',
  'http://127.0.0.1.example/'.replace('127.0.0.1.example', '198.51.100.7'),
])('%s is another, and needs to be allowed', async (url) => {
  await expect(checkTarget(url)).rejects.toMatchObject({
    exitCode: 2,
    message: expect.stringContaining('--allow-remote'),
  })
  expect((await checkTarget(url, { allowRemote: true })).href).toBe(new URL(url).href)
})

test('a name that leads nowhere is said to', async () => {
  await expect(checkTarget('http://no-such-host.invalid/')).rejects.toMatchObject({
    exitCode: 3,
    message: expect.stringMatching(/^there is no host "no-such-host\.invalid" \(\w+\)$/),
  })
})

test.each(['', 'hooks', '127.0.0.1:3000', 'ftp://127.0.0.1/', 'file:///etc/passwd'])(
  '"%s" is no URL of a receiver',
  async (url) => {
    await expect(checkTarget(url)).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringContaining('write it whole'),
    })
  },
)

test('credentials in a URL are refused, and not repeated', async () => {
  const checking = checkTarget('http://ada:hunter-2@127.0.0.1/')
  await expect(checking).rejects.toThrow('secrets do not belong on a command line')
  await expect(checking).rejects.not.toThrow('hunter-2')
})
