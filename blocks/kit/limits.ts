/**
 * Slack's limits, in UTF-16 units unless said otherwise, and our own where Slack's are not documented.
 * Source: docs.slack.dev/reference/block-kit; `messageJson` is ours: Slack answers `msg_blocks_too_long` from about
 * 12,000 characters over all blocks (bolt-js #2509, #2867).
 */
export const LIMITS = {
  text: 3000,
  notification: 300,
  header: 150,
  field: 2000,
  fields: 10,
  /** Ours: what is longer makes a table hard to read. */
  cell: 120,
  context: 10,
  button: 75,
  value: 2000,
  url: 3000,
  option: 75,
  optionValue: 75,
  options: 100,
  label: 2000,
  placeholder: 150,
  title: 24,
  messageJson: 10_000,
  viewBlocks: 100,
  /** UTF-8 bytes of a view's JSON. */
  viewBytes: 250 * 1024,
} as const;
