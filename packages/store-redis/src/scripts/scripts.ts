import { prelude } from './prelude.js'

/** A Lua script on one key. Every one answers in words, which no client takes for a number or JSON. */
export interface Script {
  readonly text: string
  /** SHA-1 of the text in hex, under which the server keeps it; filled in when it is first needed. */
  sha: string | undefined
}

function script(body: string, before = ''): Script {
  return { text: before + prelude + body, sha: undefined }
}

/** ARGV: now, token, fingerprint, leaseMs, retentionMs, hold, attemptedAt or nothing, event or `-`. */
export const claim = script(`
local token, fingerprint, hold = ARGV[2], ARGV[3], ARGV[6] == 'hold'
local lease, retain = now + ARGV[4], now + ARGV[5]
local record = load()
if not record then
  record = { attempts = 0, runs = 0, copies = 0, event = '-', lease = now, retain = now, acked = false, fingerprint = '-' }
end
if not (record.state == 'claimed' and record.token == token and not is_held(record)) then
  if is_live(record) then
    return 'in-progress ' .. number(record.attempts) .. ' ' .. number(math.ceil(record.lease - now))
  end
  count(record, tonumber(ARGV[7]))
  if is_held(record) or record.state == 'completed' or record.state == 'failed' then
    record.copies = record.copies + 1
    save(record)
    local attempts = number(record.attempts)
    if is_held(record) then return 'held ' .. attempts end
    if record.state == 'failed' then return 'failed ' .. attempts end
    return 'completed ' .. attempts .. (record.fingerprint == fingerprint and ' same' or ' other')
  end
  if record.state == 'free' then record.lease = now end
  record.runs = record.runs + 1
end
-- A claim sent twice must not shorten what its owner relies on.
record.state, record.token, record.hold, record.code = 'claimed', token, hold, '-'
if ARGV[8] ~= '-' then record.event = ARGV[8] end
record.lease, record.retain = math.max(record.lease, lease), math.max(record.retain, retain)
save(record)
return 'claimed ' .. number(record.attempts)
`)

/** ARGV: now, token, leaseMs. */
export const extend = script(`
local record = load_owned(ARGV[2])
if not record or is_held(record) then return 'no' end
record.lease = now + ARGV[3]
save(record)
return 'yes'
`)

/** ARGV: now, token. */
export const acknowledge = script(`
local record = load_owned(ARGV[2])
if not record or is_held(record) then return 'no' end
record.acked = true
save(record)
return 'yes'
`)

/** ARGV: now, token, fingerprint, retentionMs, and by the server's clock the PX for that. */
export const complete = script(
  `
local token, fingerprint, retain = ARGV[2], ARGV[3], now + ARGV[4]
local record = load() or { state = 'free', attempts = 1, runs = 1, copies = 0, event = '-', retain = now }
if record.state == 'failed' then return 'no' end
if record.state ~= 'free' and record.token ~= token then return 'no' end
if record.state == 'completed' then return 'yes' end
save({
  state = 'completed', attempts = record.attempts, lease = 0, retain = math.max(record.retain, retain),
  token = token, fingerprint = fingerprint, attempted = record.attempted,
  event = record.event, code = '-', runs = record.runs, copies = record.copies
})
return 'yes'
`,
  `
-- First what most deliveries come to: a fresh claim of this token, for the same retention.
local px = ARGV[5]
if px then
  local retain, token, notes =
    string.match(redis.call('GET', KEYS[1]) or '', '^fresh 1 %S+ (%S+) %- (%S+) %-(.*)$')
  if retain == ARGV[4] and token == ARGV[2] then
    redis.call('SET', KEYS[1], 'done 1 0 ' .. retain .. ' - ' .. token .. ' ' .. ARGV[3] .. notes, 'PX', px)
    return 'yes'
  end
end
`,
)

/** ARGV: now, token, failFromAttempts or nothing, code or `-`. */
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

/** ARGV: now, token, code or `-`. */
export const fail = script(`
local record = load_owned(ARGV[2])
if not record then return 'no' end
save({
  state = 'failed', attempts = record.attempts, lease = now, retain = record.retain, token = '-', fingerprint = '-',
  attempted = record.attempted, event = record.event, code = ARGV[3], runs = record.runs, copies = record.copies
})
return 'yes'
`)

/** ARGV: now, force. */
export const forget = script(`
local record = load()
if not record or (is_live(record) and ARGV[2] ~= 'force') then return 'no' end
redis.call('DEL', KEYS[1])
return 'yes'
`)

/** Runs every command that the other scripts have on a key that is never there, and so writes nothing. ARGV: now. */
export const proof = script(`
redis.call('TIME')
redis.call('DEL', KEYS[1])
local isThere = redis.call('PTTL', KEYS[1]) ~= -2 or redis.call('GET', KEYS[1])
return not redis.call('SET', KEYS[1], 'proof', 'XX', 'PX', px(1)) and not isThere and 'yes' or 'no'
`)

/** What an operator sees. ARGV: now. */
export const inspect = script(`
local record = load()
if not record then return 'forgotten' end
local state, left, since = record.state, '-', '-'
if is_live(record) then
  state, left = record.acked and 'acked' or 'claimed', number(math.ceil(record.lease - now))
elseif state == 'claimed' then
  state = (record.acked and 'orphaned') or (record.hold and 'held') or 'free'
end
local released = record.state == 'free' and record.code ~= '-'
if state == 'failed' or released or (record.state == 'claimed' and left == '-') then
  -- The clock of a server that took over may be behind.
  since = number(math.max(math.floor(now - record.lease), 0))
end
return table.concat({ state, number(record.runs), number(record.copies), left, since, record.event, record.code }, ' ')
`)
