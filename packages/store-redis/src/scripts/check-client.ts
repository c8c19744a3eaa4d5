import { script } from './script.js'

/** Runs every command of the other scripts on a key that never exists, and so writes nothing. ARGV: now. */
export const checkClient = script(`
redis.call('TIME')
redis.call('DEL', KEYS[1])
local isThere = redis.call('PTTL', KEYS[1]) ~= -2 or redis.call('GET', KEYS[1])
return not redis.call('SET', KEYS[1], 'proof', 'XX', 'PX', px(1)) and not isThere and 'yes' or 'no'
`)
