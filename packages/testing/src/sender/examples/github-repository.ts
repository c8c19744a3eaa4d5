/** The user who caused the event. */
export const ada = {
  login: 'ada',
  id: 2001,
  type: 'User',
  html_url: 'https://github.com/ada',
  avatar_url: 'https://avatars.example.com/ada.png',
  site_admin: false,
}

/** A second user. */
export const grace = { ...ada, login: 'grace', id: 2002, html_url: 'https://github.com/grace' }

export const organization = { login: 'example', id: 1001, url: 'https://api.github.com/orgs/example' }

export const repository = {
  id: 3001,
  name: 'shop',
  full_name: 'example/shop',
  private: true,
  owner: { login: 'example', id: 1001, type: 'Organization' },
  html_url: 'https://github.com/example/shop',
  url: 'https://api.github.com/repos/example/shop',
  clone_url: 'https://github.com/example/shop.git',
  default_branch: 'main',
  fork: false,
}

export const installation = { id: 5001, account: organization, app_id: 6001, target_type: 'Organization' }

export const commit = {
  id: '9be21d04a7c3f58e61b0d2947ac8153fe7d46b02',
  tree_id: '3d7c90e5b1a846f2c8d0e793a5b61f4207ce8d19',
  distinct: true,
  message: 'Make the checkout faster',
  timestamp: '2026-01-15T10:29:00+01:00',
  url: 'https://github.com/example/shop/commit/9be21d04a7c3f58e61b0d2947ac8153fe7d46b02',
  author: { name: 'Ada Lovelace', email: 'ada@example.com', username: 'ada' },
  committer: { name: 'Ada Lovelace', email: 'ada@example.com', username: 'ada' },
  added: [],
  removed: [],
  modified: ['src/checkout.ts'],
}
