/** Whole values that configurations contain before the real secret is set. */
const words =
  /^(undefined|null|nan|nil|true|false|none|n\/?a|empty|unset|todo|tbd|fixme|dummy|fake|mock|sample|example|placeholder|x+|\*+|\.{3,}|-+|_+|\?+|0+|\[object object\]|whsec_(\.{3,}|x+|\*+)?)$/i

/** Instructions to the reader: `REPLACE_WITH_SECRET`, `change-me-please`, `put your key here`. */
const orders =
  /^(please[-_ ])?(change|replace|insert|put|enter|paste|add|set|fill|update)[-_ ]?(me|this|it|in|with|your|the|my|here|secret|key|token)([-_ ].*)?$/i

/** `your-webhook-secret`, `dummy_secret`, `example-key`, `secret-goes-here`. */
const descriptions =
  /^(your|dummy|fake|mock|sample|example|placeholder)[-_ ]?([\w ]+[-_ ])?(secret|key|token|password)$|^your[-_ ].*(secret|key|token)|[-_ ](goes[-_ ])?here$/i

/** Names of a variable in place of its value: `${SECRET}`, `{{ SECRET }}`, `%SECRET%`, `process.env.SECRET`, `<secret>`. */
const references =
  /^(<.*>|\[[a-z _-]+\]|\$\{.*\}|\$\(.*\)|\{\{.*\}\}|\{[a-z_][\w .-]*\}|%[\w.-]+%|%\{.*\}|@@?[\w.-]+@@?|#\{.*\}|__[a-z0-9_]+__|\$[a-z_]\w*|(process|import\.meta|deno|bun)\.env\b.*|os\.(environ|getenv)\b.*|env(\.|\[|\().*|getenv\(.*|secrets\.[a-z_]\w*|vault:.*#.*)$/is

/** Whether the text is a typical value of an environment variable that was not set properly. */
export function isPlaceholder(text: string): boolean {
  const bare = text.replace(/^(v\d+,)?(whsec|sk|key)_/i, '')
  return [words, orders, descriptions, references].some((kind) => kind.test(text) || kind.test(bare))
}
