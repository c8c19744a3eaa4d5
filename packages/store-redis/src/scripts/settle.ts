import { script } from './script.js'

/** Extends the lease of the token's claim. ARGV: now, token, leaseMs. */
export const extend = script(`
local record = load_owned(ARGV[2])
if not record or is_held(record) then return 'no' end
record.lease = now + ARGV[3]
save(record)
return 'yes'
`)

/** Notes that the sender was answered 2xx. ARGV: now, token. */
export const acknowledge = script(`
local record = load_owned(ARGV[2])
if not record or is_held(record) then return 'no' end
record.acked = true
save(record)
return 'yes'
`)

/** Gives the token's claim up. ARGV: now, token, failFromAttempts or nothing, code or `-`. */
export const release = script(`
local record = load_owned(ARGV[2])
if not record then return 'lost' end
local fails = record.acked or record.attempts >= (tonumber(ARGV[3]) or math.huge)
save({
  state = fails and 'failed' or 'free', attempts = record.attempts, lease = now, retain = record.retain,
  token = '-', fingerprint = '-', attempted = record.attempted,
  event = record.event, code = ARGV[4], runs = record.runs, copies = record.copies
})
return fails and 'failed' or 'released'
`)

/** Fails the token's claim for good. ARGV: now, token, code or `-`. */
export const fail = script(`
local record = load_owned(ARGV[2])
if not record then return 'no' end
save({
  state = 'failed', attempts = record.attempts, lease = now, retain = record.retain, token = '-', fingerprint = '-',
  attempted = record.attempted, event = record.event, code = ARGV[3], runs = record.runs, copies = record.copies
})
return 'yes'
`)

/** Deletes the record. ARGV: now, `force` or nothing. */
export const forget = script(`
local record = load()
if not record or (is_live(record) and ARGV[2] ~= 'force') then return 'no' end
redis.call('DEL', KEYS[1])
return 'yes'
`)
