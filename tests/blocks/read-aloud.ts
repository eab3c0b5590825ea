/** What a person would read on the screen, line by line: texts, then buttons in brackets. */
export function readAloud(value: unknown): string {
  if (Array.isArray(value)) return value.map(readAloud).filter(Boolean).join('\n');
  if (typeof value !== 'object' || value === null) return '';
  const node = value as Record<string, unknown>;
  if (node['type'] === 'plain_text' || node['type'] === 'mrkdwn') return shown(String(node['text']));
  if (node['type'] === 'raw_text') return String(node['text']);
  if (node['type'] === 'table') {
    return (node['rows'] as unknown[][]).map((row) => row.map(readAloud).join(' | ')).join('\n');
  }
  if (node['type'] === 'button') return `[ ${readAloud(node['text'])} ]`;
  if (node['type'] === 'overflow') {
    return (node['options'] as { text: unknown }[]).map((one) => `[… ${readAloud(one.text)} ]`).join(' ');
  }
  return [
    'title',
    'text',
    'label',
    'fields',
    'element',
    'options',
    'option_groups',
    'accessory',
    'elements',
    'placeholder',
    'hint',
    'submit',
    'close',
    'blocks',
  ]
    .map((key) => readAloud(node[key]))
    .filter(Boolean)
    .join('\n');
}

/** Markup as it looks: a date its fallback, a link its label, entities as characters. */
function shown(text: string): string {
  return text
    .replace(/<!date\^[^|>]*\|([^>]*)>/g, '$1')
    .replace(/<https?:[^|>]*\|([^>]*)>/g, '$1')
    .replace(/<!subteam\^([^>]*)>/g, '@$1')
    .replace(/<@([^>]*)>/g, '@$1')
    .replace(/<#([^>]*)>/g, '#$1')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');
}

/** Every string that Slack would parse as mrkdwn, and the notification's text. */
export function parsedTexts(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(parsedTexts);
  if (typeof value !== 'object' || value === null) return [];
  const node = value as Record<string, unknown>;
  if (node['type'] === 'mrkdwn') return [String(node['text'])];
  return Object.entries(node).flatMap(([key, inner]) =>
    key === 'text' && typeof inner === 'string' && node['type'] === undefined ? [inner] : parsedTexts(inner),
  );
}
