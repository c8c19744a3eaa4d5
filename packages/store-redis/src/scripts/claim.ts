import { script } from './script.js'

/** Claims a key, whatever its record is. ARGV: now, token, fingerprint, leaseMs, retentionMs, hold, attemptedAt or nothing, event or `-`. */
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
