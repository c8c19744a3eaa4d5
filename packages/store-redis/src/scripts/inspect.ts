import { script } from './script.js'

/** Returns the record as `list` does. ARGV: now. */
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
