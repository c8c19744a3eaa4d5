/**
 * What scripts begin with. KEYS[1] is the record's key, ARGV[1] the time where the store was given a clock.
 *
 * A record is text of seven fields: `claimed 2 1763736030000 1763995230000 hold+acked <token> <fingerprint>`. Up to five
 * more follow, `-` where there is none, and left out where none follow: the latest signed time of a counted attempt, in
 * milliseconds since the epoch; the event's name; the last error code; how many claims were granted, where they are not as many as
 * the attempts; and how many came for what was completed, failed or held already. The other times are
 * milliseconds since the epoch by the server's clock, or by the one given. In `fresh` (claimed) and `done` (completed) they
 * count from when the value was written, which follows from what is left of its PX: who wrote it did not know the time.
 */
export const prelude = `
local given = tonumber(ARGV[1])
local time = given or redis.call('TIME')
local now = given or time[1] * 1000 + math.floor(time[2] / 1000)

-- SET takes whole milliseconds, more than 0, and no end beyond 64 bits.
local function px(ms)
  return math.min(math.max(math.ceil(ms), 1), 1e15)
end

local function is_live(record)
  return record.state == 'claimed' and now < record.lease
end

local function is_held(record)
  return record.state == 'claimed' and record.hold and now >= record.lease
end

-- Not forgotten before this time.
local function expiry(record)
  if record.state == 'failed' then return math.huge end
  if record.state ~= 'claimed' then return record.retain end
  if record.hold or record.acked then return math.huge end
  return math.max(record.lease, record.retain)
end

local relative = { fresh = 'claimed', done = 'completed' }
local states = { claimed = true, free = true, completed = true, failed = true }

-- The record, or nil where the key was never seen or is forgotten.
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
    -- The server's clock knows nothing of a given one, so that has an hour's leeway.
    redis.call('SET', KEYS[1], value, 'PX', number(px(ends - now + (given and 3600000 or 0))))
  end
end

-- Counts a claim that meets no live lease, unless it is a copy of an attempt that was counted.
local function count(record, attempted)
  if attempted and record.attempted and attempted <= record.attempted then return end
  record.attempts, record.attempted = record.attempts + 1, attempted or record.attempted
end

-- The record where the token owns its claim, even if its lease has ended.
local function load_owned(token)
  local record = load()
  return record and record.state == 'claimed' and record.token == token and record or nil
end
`
