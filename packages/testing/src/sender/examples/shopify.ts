import type { MakePayload, SenderExamples } from './example.js'
import { customer, order, product } from './shopify-resources.js'

const shop = { shop_id: 954_889, shop_domain: 'example.myshopify.com' }

/** shopify.dev/docs/api/webhooks: the payload of a topic is the resource itself, without an envelope. */
const events: Readonly<Record<string, MakePayload>> = {
  'orders/create': ({ time }) => ({ ...order, created_at: time }),
  'orders/paid': () => ({ ...order, financial_status: 'paid' }),
  'orders/updated': () => ({
    ...order,
    note: 'Leave it at the door.',
    updated_at: '2026-01-15T10:40:00+01:00',
  }),
  'orders/fulfilled': () => ({ ...order, financial_status: 'paid', fulfillment_status: 'fulfilled' }),
  'orders/cancelled': () => ({
    ...order,
    cancelled_at: '2026-01-15T10:50:00+01:00',
    cancel_reason: 'customer',
    financial_status: 'voided',
  }),
  'refunds/create': () => ({
    id: 7101,
    order_id: order.id,
    created_at: '2026-01-15T11:00:00+01:00',
    note: 'Damaged',
    restock: true,
    refund_line_items: [{ id: 7201, line_item_id: 6001, quantity: 1, subtotal: 12.0 }],
    transactions: [{ id: 7301, order_id: order.id, kind: 'refund', amount: '12.00', status: 'success' }],
  }),
  'products/create': () => product,
  'products/update': () => ({ ...product, updated_at: '2026-01-15T10:40:00+01:00' }),
  'products/delete': () => ({ id: product.id }),
  'inventory_levels/update': () => ({
    inventory_item_id: 8101,
    location_id: 8201,
    available: 9,
    updated_at: '2026-01-15T10:40:00+01:00',
  }),
  'customers/create': () => customer,
  'customers/update': () => ({ ...customer, tags: 'vip' }),
  'customers/delete': () => ({ id: customer.id }),
  'app/uninstalled': () => ({
    id: shop.shop_id,
    name: 'Example Shop',
    email: 'owner@example.com',
    domain: 'shop.example.com',
    myshopify_domain: shop.shop_domain,
    country_code: 'GB',
    currency: 'EUR',
    plan_name: 'basic',
  }),
  'app_subscriptions/update': () => ({
    app_subscription: {
      admin_graphql_api_id: 'gid://shopify/AppSubscription/9101',
      name: 'Team',
      status: 'ACTIVE',
      currency: 'USD',
      created_at: '2026-01-15T10:30:00+01:00',
    },
  }),
  'customers/data_request': () => ({
    ...shop,
    orders_requested: [order.id],
    customer: { id: customer.id, email: customer.email, phone: customer.phone },
    data_request: { id: 9201 },
  }),
  'customers/redact': () => ({
    ...shop,
    customer: { id: customer.id, email: customer.email, phone: customer.phone },
    orders_to_redact: [order.id],
  }),
  'shop/redact': () => shop,
}

export const shopify: SenderExamples = {
  events,
  wrap: (event, payload, { newId, time }) => ({
    event,
    payload: payload ?? {},
    headers: {
      'x-shopify-shop-domain': shop.shop_domain,
      'x-shopify-api-version': '2026-01',
      'x-shopify-event-id': newId(),
      'x-shopify-triggered-at': time,
    },
  }),
}
