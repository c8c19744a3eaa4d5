import type { MakePayload } from './example.js'

const common = {
  api_app_id: 'A0001',
  token: 'example-verification-token',
  team: { id: 'T0001', domain: 'example' },
  user: { id: 'U0001', username: 'ada', name: 'ada', team_id: 'T0001' },
}
const trigger = { trigger_id: '8001.9001.0123456789abcdef' }
const channel = { id: 'C0001', name: 'orders' }
const responseUrl = 'https://hooks.example.com/actions/T0001/8001'

const view = {
  id: 'V0001',
  type: 'modal',
  callback_id: 'new_order',
  private_metadata: '',
  title: { type: 'plain_text', text: 'New order' },
  blocks: [],
  state: { values: { item: { name: { type: 'plain_text_input', value: 'Apples' } } } },
}

/** Interactions with buttons, menus and modals: a form with JSON in its field `payload`. */
export const interactions: Readonly<Record<string, MakePayload>> = {
  block_actions: () => ({
    type: 'block_actions',
    ...common,
    ...trigger,
    channel,
    container: { type: 'message', message_ts: '1768469400.000200', channel_id: channel.id },
    message: { type: 'message', ts: '1768469400.000200', text: 'A new order', blocks: [] },
    response_url: responseUrl,
    actions: [
      {
        type: 'button',
        action_id: 'approve',
        block_id: 'order',
        value: '5001',
        text: { type: 'plain_text', text: 'Approve' },
        action_ts: '1768469405.000000',
      },
    ],
  }),
  view_submission: () => ({ type: 'view_submission', ...common, ...trigger, view, response_urls: [] }),
  view_closed: () => ({ type: 'view_closed', ...common, view, is_cleared: false }),
  shortcut: () => ({
    type: 'shortcut',
    ...common,
    ...trigger,
    callback_id: 'new_order',
    action_ts: '1768469405.000000',
  }),
  message_action: () => ({
    type: 'message_action',
    ...common,
    ...trigger,
    callback_id: 'to_ticket',
    channel,
    message: { type: 'message', user: 'U0002', ts: '1768469400.000200', text: 'The basket is empty' },
    response_url: responseUrl,
  }),
}
