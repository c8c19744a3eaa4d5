import type { SendCommand } from '../../src/index.js'

/**
 * Lets time pass for one record on a server whose clock cannot be set: its times lie that much further back then, and
 * so does its expiry. What a plain SET has written holds durations, so only its expiry moves.
 */
const age = `
local value, ms, left = redis.call('GET', KEYS[1]), tonumber(ARGV[1]), redis.call('PTTL', KEYS[1])
if not value then return end
local state, attempts, lease, retain, rest = string.match(value, '^(%l+) (%d+) (%S+) (%S+) (.*)$')
if state ~= 'fresh' and state ~= 'done' then
  value = table.concat({ state, attempts, string.format('%.17g', lease - ms), string.format('%.17g', retain - ms), rest }, ' ')
end
if left < 0 then redis.call('SET', KEYS[1], value)
elseif left <= ms then redis.call('DEL', KEYS[1])
else redis.call('SET', KEYS[1], value, 'PX', left - ms) end
`

/** Sends each command at the time that `now` says: the record in it has aged by what passed since its last command. */
export function aging(send: SendCommand, now: () => number): SendCommand {
  const lastUse = new Map<string, number>()
  return async (command, key) => {
    const passed = now() - (lastUse.get(key) ?? now())
    lastUse.set(key, now())
    // Both go over one connection, one after the other.
    const aged = passed > 0 ? send(['EVAL', age, '1', key, `${passed}`], key) : undefined
    const [reply] = await Promise.all([send(command, key), aged])
    return reply
  }
}
