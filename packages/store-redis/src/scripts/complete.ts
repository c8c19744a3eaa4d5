import { script } from './script.js'

/**
 * Completes a key, whatever its record is. ARGV: now, token, fingerprint, retentionMs, and, without a clock given, the PX for
 * that retention.
 */
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
-- The usual case first: a fresh claim of this token, for the same retention.
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
