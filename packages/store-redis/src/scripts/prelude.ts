/**
 * What every script begins with. KEYS[1] is the record's key, ARGV[1] the time if the store was given a clock.
 *
 * A record is text of seven fields: `claimed 2 1763736030000 1763995230000 hold+acked <token> <fingerprint>`. Up to five
 * more follow, `-` if missing, and left out at the end: the latest signed time of a counted attempt; the event's name; the
 * last error code; the number of claims granted, if it differs from the attempts; the number of claims that came after the
 * record was completed, failed or held. All times are milliseconds since the epoch, by the server's clock or the one given.
 *
 * In `fresh` (claimed) and `done` (completed) the two times are durations from when the value was written: its writer did not
 * know the time. The scripts compute when that was from what is left of its PX.
 */
export const prelude = `
local given = tonumber(ARGV[1])
local time = given or redis.call('TIME')
local now = given or time[1] * 1000 + math.floor(time[2] / 1000)

-- SET takes whole milliseconds, at least 1, and an end within 64 bits.
local function px(ms)
  return math.min(math.max(math.ceil(ms), 1), 1e15)
end

local function is_live(record)
  return record.state == 'claimed' and now < record.lease
end

local function is_held(record)
  return record.state == 'claimed' and record.hold and now >= record.lease
end

-- The record is forgotten at this time.
local function expiry(record)
  if record.state == 'failed' then return math.huge end
  if record.state ~= 'claimed' then return record.retain end
  if record.hold or record.acked then return math.huge end
  return math.max(record.lease, record.retain)
end

local relative = { fresh = 'claimed', done = 'completed' }
local states = { claimed = true, free = true, completed = true, failed = true }

-- The record, or nil if the key was never seen or is forgotten.
local function load()
  local value = redis.call('GET', KEYS[1])
  if not value then return nil end
  local state, attempts, lease, retain, marks, token, fingerprint, rest =
    string.match(value, '^(%l+) (%d+) (%S+) (%S+) (%S+) (%S+) (%S+)(.*)$')
  local notes = {}
  for note in string.gmatch(rest or '', '%S+') do notes[#notes + 1] = note end
  local record = {
    state = state, attempts = tonumber(attempts), lease = tonumber(lease), retain = tonumber(retain),
    hold = marks == 'hold' or marks == 'hold+acked', acked = marks == 'acked' or marks == 'hold+acked',
    token = token, fingerprint = fingerprint, attempted = tonumber(notes[1]), event = notes[2] or '-',
    code = notes[3] or '-', runs = tonumber(notes[4]) or tonumber(attempts), copies = tonumber(notes[5]) or 0
  }
  local left = relative[state] and record.lease and record.retain and redis.call('PTTL', KEYS[1]) or -1
  if left >= 0 then
    local written = now + left - px(math.max(record.lease, record.retain))
    record.state, record.lease, record.retain = relative[state], written + record.lease, written + record.retain
  end
  if not (states[record.state] and record.attempts and record.lease and record.retain) then
    error('COUNTERSIGN: the value is no record of a delivery')
  end
  return now < expiry(record) and record or nil
end

local function number(value)
  return string.format('%.17g', value)
end

local function save(record)
  local marks = (record.hold and record.acked and 'hold+acked') or (record.hold and 'hold') or (record.acked and 'acked') or '-'
  local fields = {
    record.state, number(record.attempts), number(record.lease), number(record.retain),
    marks, record.token, record.fingerprint, record.attempted and number(record.attempted) or '-', record.event, record.code,
    record.runs ~= record.attempts and number(record.runs) or '-', record.copies > 0 and number(record.copies) or '-'
  }
  while #fields > 7 and fields[#fields] == '-' do table.remove(fields) end
  local value = table.concat(fields, ' ')
  local ends = expiry(record)
  if ends == math.huge then redis.call('SET', KEYS[1], value)
  elseif ends <= now then redis.call('DEL', KEYS[1])
  else
    -- The server's clock may differ from the given one, by an hour at most.
    redis.call('SET', KEYS[1], value, 'PX', number(px(ends - now + (given and 3600000 or 0))))
  end
end

-- Counts a claim that meets no live lease, unless it repeats an attempt that was counted.
local function count(record, attempted)
  if attempted and record.attempted and attempted <= record.attempted then return end
  record.attempts, record.attempted = record.attempts + 1, attempted or record.attempted
end

-- The record if the token owns its claim, even if its lease has ended.
local function load_owned(token)
  local record = load()
  return record and record.state == 'claimed' and record.token == token and record or nil
end
`
