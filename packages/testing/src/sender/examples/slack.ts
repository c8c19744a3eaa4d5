import {
  type ExampleDelivery,
  type ExampleFacts,
  type MakePayload,
  type SenderExamples,
  toHexId,
} from './example.js'
import { interactions } from './slack-interactions.js'

const ts = '1768469400.000200'
const said = { user: 'U0001', channel: 'C0001', ts, event_ts: ts }

/** Events, without the envelope of the Events API. */
const happened: Readonly<Record<string, MakePayload>> = {
  app_mention: () => ({ ...said, text: 'Hello' }),
  message: () => ({ ...said, text: 'Is the shop open?', channel_type: 'channel', team: 'T0001' }),
  reaction_added: () => ({
    user: 'U0001',
    reaction: 'thumbsup',
    item_user: 'U0002',
    item: { type: 'message', channel: 'C0001', ts },
    event_ts: ts,
  }),
  reaction_removed: () => ({
    user: 'U0001',
    reaction: 'thumbsup',
    item_user: 'U0002',
    item: { type: 'message', channel: 'C0001', ts },
    event_ts: ts,
  }),
  app_home_opened: () => ({ user: 'U0001', channel: 'D0001', tab: 'home', event_ts: ts }),
  member_joined_channel: () => ({
    user: 'U0001',
    channel: 'C0001',
    channel_type: 'C',
    team: 'T0001',
    inviter: 'U0002',
    event_ts: ts,
  }),
  channel_created: () => ({
    channel: { id: 'C0002', name: 'orders', created: 1_768_469_400, creator: 'U0001' },
    event_ts: ts,
  }),
  team_join: () => ({ user: { id: 'U0003', team_id: 'T0001', name: 'grace', deleted: false }, event_ts: ts }),
  app_uninstalled: () => ({ event_ts: ts }),
  tokens_revoked: () => ({ tokens: { oauth: ['U0001'], bot: [] }, event_ts: ts }),
}

/** api.slack.com/events-api and api.slack.com/reference/interaction-payloads. */
export const slack: SenderExamples = {
  events: {
    ...happened,
    url_verification: ({ newId }) => ({ challenge: toHexId(newId()), token: 'example-verification-token' }),
    ...interactions,
  },
  wrap: (event, payload, facts) => {
    if (event === 'url_verification')
      return { event, payload: { type: event, ...(payload as object) }, hasNoId: true }
    if (Object.hasOwn(interactions, event)) return { event, payload, inForm: true, hasNoId: true }
    return callback(event, payload, facts)
  },
}

function callback(event: string, payload: unknown, { newId, seconds }: ExampleFacts): ExampleDelivery {
  return {
    event,
    payload: {
      type: 'event_callback',
      event_id: `Ev${toHexId(newId()).slice(0, 9).toUpperCase()}`,
      event_time: seconds,
      team_id: 'T0001',
      api_app_id: 'A0001',
      event: { type: event, ...(payload as object | undefined) },
      authorizations: [{ enterprise_id: null, team_id: 'T0001', user_id: 'U0009', is_bot: true }],
    },
  }
}
