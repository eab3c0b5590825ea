/**
 * Says what Slack would refuse in a message or a view, before Slack is asked.
 *
 * Source of the limits: Block Kit reference (docs.slack.dev/reference/block-kit), the comments of
 * `@slack/types`, and the refusals people report for what is not documented. Lengths are counted in UTF-16
 * units, which never is less than what Slack counts. The rules are a table: one line a block or element.
 */

export type ProblemCode =
  | 'missing'
  | 'wrong_type'
  | 'unknown_type'
  | 'unknown_field'
  | 'too_short'
  | 'too_long'
  | 'too_few'
  | 'too_many'
  | 'duplicate'
  | 'invalid'
  | 'wrong_surface'
  | 'no_text'
  | 'msg_too_long'
  | 'msg_blocks_too_long'
  | 'only_one_table_allowed'
  | 'invalid_metadata_format'
  | 'view_too_large';

export interface BlockProblem {
  /** JSON pointer into the checked value, e.g. `/blocks/0/text`. */
  pointer: string;
  code: ProblemCode;
  message: string;
}

export interface CheckedMessage {
  text?: unknown;
  blocks?: unknown;
  metadata?: unknown;
}

type Surface = 'message' | 'modal' | 'home';
type Json = Record<string, unknown>;
type Rule = (value: unknown, at: string, page: Page) => void;

/** What has been seen so far of one message or view. */
interface Page {
  readonly surface: Surface;
  readonly problems: BlockProblem[];
  readonly blockIds: Set<string>;
  actionIds: Set<string>;
  inputs: number;
  focused: number;
  tables: number;
  charts: number;
  markdownLength: number;
}

const MESSAGE_BLOCKS = 50;
const VIEW_BLOCKS = 100;
const MESSAGE_TEXT = 40_000;
/** All markdown blocks of a message together. */
const MARKDOWN_TEXT = 12_000;
/**
 * Undocumented. Slack answers `msg_blocks_too_long` somewhere between 11,000 and 13,200 characters; a message
 * of 11,341 was refused (bolt-js #2509, #2867), so everything above 11,000 counts as too long here.
 */
const MESSAGE_BLOCKS_TEXT = 11_000;
const VIEW_BYTES = 250 * 1024;

function report(page: Page, pointer: string, code: ProblemCode, message: string): void {
  page.problems.push({ pointer, code, message });
}

function listIn(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function own(rules: Record<string, Rule>, key: string): Rule | undefined {
  return Object.hasOwn(rules, key) ? rules[key] : undefined;
}

function pointerPart(key: string): string {
  return key.replace(/~/g, '~0').replace(/\//g, '~1');
}

// --- Rules that rules are made of ------------------------------------------------------------------------

const string =
  (max: number, min = 1): Rule =>
  (value, at, page) => {
    if (typeof value !== 'string') report(page, at, 'wrong_type', 'must be a string');
    else if (value.length < min) report(page, at, 'too_short', `must have at least ${min} character(s)`);
    else if (value.length > max) report(page, at, 'too_long', `must be less than ${max + 1} characters`);
  };

const boolean: Rule = (value, at, page) => {
  if (typeof value !== 'boolean') report(page, at, 'wrong_type', 'must be a boolean');
};

const number =
  (min = -Infinity, max = Infinity): Rule =>
  (value, at, page) => {
    if (typeof value !== 'number' || !Number.isFinite(value)) {
      report(page, at, 'wrong_type', 'must be a finite number');
    } else if (value < min || value > max) {
      report(page, at, 'invalid', `must be between ${min} and ${max}`);
    }
  };

const oneOf =
  (...allowed: (string | number)[]): Rule =>
  (value, at, page) => {
    if (!allowed.includes(value as string)) {
      report(page, at, 'invalid', `must be one of ${allowed.join(', ')}`);
    }
  };

const matching =
  (pattern: RegExp, what: string): Rule =>
  (value, at, page) => {
    if (typeof value !== 'string' || !pattern.test(value)) report(page, at, 'invalid', `must be ${what}`);
  };

const url: Rule = (value, at, page) => {
  string(3000)(value, at, page);
  if (typeof value !== 'string' || value === '') return;
  const parsed = URL.canParse(value) ? new URL(value) : undefined;
  if (parsed === undefined || !['https:', 'http:', 'mailto:'].includes(parsed.protocol)) {
    report(page, at, 'invalid', 'must be an absolute URL');
  }
};

const list =
  (item: Rule, min: number, max: number): Rule =>
  (value, at, page) => {
    if (!Array.isArray(value)) {
      report(page, at, 'wrong_type', 'must be an array');
      return;
    }
    if (value.length < min) report(page, at, 'too_few', `must have at least ${min} item(s)`);
    if (value.length > max) report(page, at, 'too_many', `no more than ${max} items allowed`);
    for (const [index, entry] of value.entries()) item(entry, `${at}/${index}`, page);
  };

/** An object with exactly these fields; `type` is judged by whoever chose the shape. */
const shape =
  (required: Record<string, Rule>, optional: Record<string, Rule> = {}, also?: ObjectRule): Rule =>
  (value, at, page) => {
    if (!isObject(value)) {
      report(page, at, 'wrong_type', 'must be an object');
      return;
    }
    for (const key of Object.keys(required)) {
      if (value[key] === undefined) report(page, at, 'missing', `missing required field: ${key}`);
    }
    for (const [key, entry] of Object.entries(value)) {
      if (entry === undefined || key === 'type') continue;
      const rule = own(required, key) ?? own(optional, key);
      if (rule) rule(entry, `${at}/${pointerPart(key)}`, page);
      else report(page, at, 'unknown_field', `invalid additional property: ${key}`);
    }
    also?.(value, at, page);
  };

type ObjectRule = (value: Json, at: string, page: Page) => void;

/** An object whose `type` picks its shape. */
const typed =
  (shapes: () => Record<string, Rule>): Rule =>
  (value, at, page) => {
    if (!isObject(value)) {
      report(page, at, 'wrong_type', 'must be an object');
      return;
    }
    const type = value['type'];
    if (typeof type !== 'string') {
      report(page, at, 'missing', 'missing required field: type');
      return;
    }
    const rule = own(shapes(), type);
    if (rule) rule(value, at, page);
    else report(page, `${at}/type`, 'unknown_type', `unsupported type: ${type}`);
  };

const exactlyOne =
  (...keys: string[]): ObjectRule =>
  (value, at, page) => {
    const given = keys.filter((key) => value[key] !== undefined);
    if (given.length === 1) return;
    report(page, at, given.length === 0 ? 'missing' : 'invalid', `needs exactly one of ${keys.join(', ')}`);
  };

const atLeastOne =
  (...keys: string[]): ObjectRule =>
  (value, at, page) => {
    if (keys.every((key) => value[key] === undefined)) {
      report(page, at, 'missing', `needs at least one of ${keys.join(', ')}`);
    }
  };

const all =
  (...rules: ObjectRule[]): ObjectRule =>
  (value, at, page) => {
    for (const rule of rules) rule(value, at, page);
  };

// --- Composition objects ---------------------------------------------------------------------------------

const plain = (max: number) =>
  typed(() => ({ plain_text: shape({ text: string(max) }, { emoji: boolean }) }));
const mrkdwn = (max: number) =>
  typed(() => ({ mrkdwn: shape({ text: string(max) }, { verbatim: boolean }) }));
const anyText = (max: number) =>
  typed(() => ({
    plain_text: shape({ text: string(max) }, { emoji: boolean }),
    mrkdwn: shape({ text: string(max) }, { verbatim: boolean }),
  }));

const confirm = shape(
  { text: anyText(300) },
  { title: plain(100), confirm: plain(30), deny: plain(30), style: oneOf('primary', 'danger') },
);

const option = (text: Rule, extra: Record<string, Rule> = {}) =>
  shape({ text, value: string(75) }, { description: text, ...extra });
const plainOption = option(plain(75));
const markedOption = option(anyText(75));
const overflowOption = option(plain(75), { url });
const optionGroup = shape({ label: plain(75), options: list(plainOption, 1, 100) });

const dispatchConfig = shape(
  {},
  { trigger_actions_on: list(oneOf('on_enter_pressed', 'on_character_entered'), 1, 2) },
);

const fileId = matching(/^F[A-Z0-9]{8,}$/, 'the id of a file, such as F0123456789');
const slackFile = shape({}, { id: fileId, url }, exactlyOne('id', 'url'));
const imageSource = { image_url: url, slack_file: slackFile };
const oneImageSource = exactlyOne('image_url', 'slack_file');

function optionsOf(element: Json): unknown[] {
  const grouped = listIn(element['option_groups']).flatMap((group) =>
    isObject(group) ? listIn(group['options']) : [],
  );
  return [...listIn(element['options']), ...grouped];
}

/** Slack wants an initial option to be one of the options, word for word. */
const initialIsOffered: ObjectRule = (element, at, page) => {
  const offered = new Set(optionsOf(element).map((entry) => canonical(entry)));
  const chosen = element['initial_options'] ?? element['initial_option'];
  if (chosen === undefined) return;
  for (const entry of element['initial_options'] === undefined ? [chosen] : listIn(chosen)) {
    if (!offered.has(canonical(entry))) {
      report(page, at, 'invalid', 'an initial option must be exactly one of the options');
    }
  }
};

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, entry: unknown) =>
    isObject(entry) ? Object.fromEntries(Object.entries(entry).sort(([a], [b]) => (a < b ? -1 : 1))) : entry,
  );
}

// --- Rich text -------------------------------------------------------------------------------------------

const leafStyle = shape(
  {},
  {
    bold: boolean,
    italic: boolean,
    strike: boolean,
    code: boolean,
    underline: boolean,
    highlight: boolean,
    client_highlight: boolean,
    unlink: boolean,
  },
);
const leaf = (required: Record<string, Rule>, optional: Record<string, Rule> = {}) =>
  shape(required, { ...optional, style: leafStyle });
const id = string(255);

const textLeaf = leaf({ text: string(Infinity) });
const linkLeaf = leaf({ url }, { text: string(Infinity), unsafe: boolean });
const richTextLeaf = typed(() => ({
  text: textLeaf,
  link: linkLeaf,
  user: leaf({ user_id: id }),
  usergroup: leaf({ usergroup_id: id }),
  team: leaf({ team_id: id }),
  channel: leaf({ channel_id: id }),
  emoji: leaf({ name: id }, { unicode: id, url }),
  broadcast: leaf({ range: oneOf('here', 'channel', 'everyone') }),
  color: leaf({ value: id }),
  date: leaf({ timestamp: number(0), format: id }, { url, fallback: string(Infinity) }),
}));
const preformattedLeaf = typed(() => ({ text: textLeaf, link: linkLeaf }));

const border = oneOf(0, 1);
const leaves = list(richTextLeaf, 0, Infinity);
const richTextSection = shape({ elements: leaves });
const richTextPart = typed(() => ({
  rich_text_section: richTextSection,
  rich_text_quote: shape({ elements: leaves }, { border }),
  rich_text_preformatted: shape({ elements: list(preformattedLeaf, 0, Infinity) }, { border, language: id }),
  rich_text_list: shape(
    {
      style: oneOf('bullet', 'ordered'),
      elements: list(
        typed(() => ({ rich_text_section: richTextSection })),
        1,
        Infinity,
      ),
    },
    { indent: number(0, 8), offset: number(0), border },
  ),
}));
/** A rich_text object inside another block; the block form adds block_id. */
const richText = typed(() => ({
  rich_text: shape({ elements: list(richTextPart, 1, Infinity) }, { block_id: id }),
}));

// --- Elements --------------------------------------------------------------------------------------------

const actionId: Rule = (value, at, page) => {
  id(value, at, page);
  if (typeof value !== 'string') return;
  if (page.actionIds.has(value))
    report(page, at, 'duplicate', `action_id ${value} is used twice in this block`);
  page.actionIds.add(value);
};

const focusOnLoad: Rule = (value, at, page) => {
  boolean(value, at, page);
  if (value !== true) return;
  page.focused += 1;
  if (page.focused > 1) report(page, at, 'invalid', 'only one element may have focus_on_load');
};

const element = (required: Record<string, Rule>, optional: Record<string, Rule> = {}, also?: ObjectRule) =>
  shape(required, { ...optional, action_id: actionId }, also);

const confirmable = { confirm };
const focusable = { focus_on_load: focusOnLoad };
const placeholdable = { placeholder: plain(150) };
const dispatchable = { dispatch_action_config: dispatchConfig };
const menu = { ...confirmable, ...focusable, ...placeholdable };
const several = { max_selected_items: number(1) };
const conversationFilter = shape(
  {},
  {
    include: list(oneOf('im', 'mpim', 'private', 'public'), 1, 4),
    exclude_external_shared_channels: boolean,
    exclude_bot_users: boolean,
  },
  atLeastOne('include', 'exclude_external_shared_channels', 'exclude_bot_users'),
);
const conversations = { filter: conversationFilter, default_to_current_conversation: boolean };
const staticOptions = { options: list(plainOption, 1, 100), option_groups: list(optionGroup, 1, 100) };
const external = { min_query_length: number(0) };
const style = oneOf('primary', 'danger');
const label75 = string(75);

const minBelowMax =
  (low: string, high: string): ObjectRule =>
  (value, at, page) => {
    const [min, max] = [value[low], value[high]];
    if (min !== undefined && max !== undefined && Number(min) > Number(max)) {
      report(page, at, 'invalid', `${low} must not be above ${high}`);
    }
  };

const feedbackButton = shape({ text: plain(75), value: string(2000) }, { accessibility_label: label75 });

const image = shape({ alt_text: string(2000) }, imageSource, oneImageSource);

const button = element(
  { text: plain(75) },
  { value: string(2000), url, style, accessibility_label: label75, ...confirmable },
);

const choices: Record<string, Rule> = {
  checkboxes: element(
    { options: list(markedOption, 1, 10) },
    { initial_options: list(markedOption, 1, 10), ...confirmable, ...focusable },
    initialIsOffered,
  ),
  radio_buttons: element(
    { options: list(markedOption, 1, 10) },
    { initial_option: markedOption, ...confirmable, ...focusable },
    initialIsOffered,
  ),
  datepicker: element({}, { initial_date: matching(/^\d{4}-\d{2}-\d{2}$/, 'YYYY-MM-DD'), ...menu }),
  timepicker: element(
    {},
    { initial_time: matching(/^([01]\d|2[0-3]):[0-5]\d$/, 'HH:mm'), timezone: id, ...menu },
  ),
  static_select: element(
    {},
    { ...staticOptions, initial_option: plainOption, ...menu },
    all(exactlyOne('options', 'option_groups'), initialIsOffered),
  ),
  external_select: element({}, { ...external, initial_option: plainOption, ...menu }),
  users_select: element({}, { initial_user: id, ...menu }),
  conversations_select: element(
    {},
    { initial_conversation: id, response_url_enabled: boolean, ...conversations, ...menu },
  ),
  channels_select: element({}, { initial_channel: id, response_url_enabled: boolean, ...menu }),
  multi_static_select: element(
    {},
    { ...staticOptions, initial_options: list(plainOption, 1, 100), ...several, ...menu },
    all(exactlyOne('options', 'option_groups'), initialIsOffered),
  ),
  multi_external_select: element(
    {},
    { ...external, initial_options: list(plainOption, 1, 100), ...several, ...menu },
  ),
  multi_users_select: element({}, { initial_users: list(id, 1, 100), ...several, ...menu }),
  multi_conversations_select: element(
    {},
    { initial_conversations: list(id, 1, 100), ...conversations, ...several, ...menu },
  ),
  multi_channels_select: element({}, { initial_channels: list(id, 1, 100), ...several, ...menu }),
};

const overflow = element({ options: list(overflowOption, 1, 5) }, confirmable);
const workflowButton = element(
  {
    text: plain(75),
    workflow: shape({
      trigger: shape(
        { url },
        { customizable_input_parameters: list(shape({ name: id, value: string(3000) }), 0, 100) },
      ),
    }),
  },
  { style, accessibility_label: label75, ...confirmable },
);
const datetimepicker = element({}, { initial_date_time: number(0), ...confirmable, ...focusable });
const richTextInput = element(
  {},
  {
    initial_value: richText,
    min_lines: number(1, 100),
    max_lines: number(1, 100),
    ...dispatchable,
    ...focusable,
    ...placeholdable,
  },
  minBelowMax('min_lines', 'max_lines'),
);
const typing = { ...dispatchable, ...focusable, ...placeholdable };

const accessories: Record<string, Rule> = {
  ...choices,
  button,
  overflow,
  image,
  workflow_button: workflowButton,
};

const actionElements: Record<string, Rule> = {
  ...choices,
  button,
  overflow,
  datetimepicker,
  workflow_button: workflowButton,
  rich_text_input: richTextInput,
};

const numeric = matching(/^-?\d+(\.\d+)?$/, 'a number written as a string');

const inputElements: Record<string, Rule> = {
  ...choices,
  datetimepicker,
  rich_text_input: richTextInput,
  plain_text_input: element(
    {},
    {
      initial_value: string(3000, 0),
      multiline: boolean,
      min_length: number(0, 3000),
      max_length: number(1, 3000),
      ...typing,
    },
    minBelowMax('min_length', 'max_length'),
  ),
  number_input: element(
    { is_decimal_allowed: boolean },
    { initial_value: numeric, min_value: numeric, max_value: numeric, ...typing },
    minBelowMax('min_value', 'max_value'),
  ),
  email_text_input: element({}, { initial_value: string(3000, 0), ...typing }),
  url_text_input: element({}, { initial_value: string(3000, 0), ...typing }),
  file_input: element({}, { filetypes: list(id, 1, 100), max_files: number(1, 10) }, (_value, at, page) => {
    if (page.surface !== 'modal') report(page, at, 'wrong_surface', 'file_input is allowed in modals only');
  }),
};

const contextElement = typed(() => ({
  image,
  plain_text: shape({ text: string(3000) }, { emoji: boolean }),
  mrkdwn: shape({ text: string(3000) }, { verbatim: boolean }),
}));

const contextAction = typed(() => ({
  feedback_buttons: element({ positive_button: feedbackButton, negative_button: feedbackButton }),
  icon_button: element(
    { icon: id, text: plain(75) },
    {
      value: string(2000),
      accessibility_label: label75,
      visible_to_user_ids: list(id, 1, 100),
      ...confirmable,
    },
  ),
}));

// --- Blocks ----------------------------------------------------------------------------------------------

const blockId: Rule = (value, at, page) => {
  id(value, at, page);
  if (typeof value !== 'string') return;
  if (page.blockIds.has(value)) report(page, at, 'duplicate', `block_id ${value} is used twice`);
  page.blockIds.add(value);
};

interface BlockRule {
  readonly surfaces: readonly Surface[];
  readonly rule: Rule;
}

const EVERYWHERE: readonly Surface[] = ['message', 'modal', 'home'];
const MESSAGE_ONLY: readonly Surface[] = ['message'];

function block(
  surfaces: readonly Surface[],
  required: Record<string, Rule>,
  optional: Record<string, Rule> = {},
  also?: ObjectRule,
): BlockRule {
  return { surfaces, rule: shape(required, { ...optional, block_id: blockId }, also) };
}

const rawText = shape({ text: string(Infinity) });
const rawNumber = shape({ value: number(), text: string(Infinity) });
const cell = typed(() => ({ raw_text: rawText, raw_number: rawNumber, rich_text: richTextCell }));
const richTextCell = shape({ elements: list(richTextPart, 1, Infinity) }, { block_id: id });

const countTable: ObjectRule = (_value, at, page) => {
  page.tables += 1;
  if (page.tables > 1) report(page, at, 'only_one_table_allowed', 'only one table is allowed in a message');
};

const dataTableRows: ObjectRule = (value, at, page) => {
  const rows = listIn(value['rows']);
  const header: unknown = rows[0];
  if (!Array.isArray(header)) return;
  header.forEach((entry, index) => {
    if (isObject(entry) && entry['type'] === 'rich_text') {
      report(page, `${at}/rows/0/${index}`, 'invalid', 'the header row may not hold rich_text');
    }
  });
  rows.forEach((row, index) => {
    if (Array.isArray(row) && row.length !== header.length) {
      report(page, `${at}/rows/${index}`, 'invalid', `every row must have ${header.length} cells`);
    }
  });
};

const markdownBudget: ObjectRule = (value, at, page) => {
  if (typeof value['text'] !== 'string') return;
  page.markdownLength += value['text'].length;
  if (page.markdownLength > MARKDOWN_TEXT) {
    report(page, at, 'too_long', `markdown blocks may hold ${MARKDOWN_TEXT} characters together`);
  }
};

const chartLabel = string(20);
const dataPoint = shape({ label: chartLabel, value: number() });
const seriesFitCategories: ObjectRule = (value, at, page) => {
  const config = value['axis_config'];
  const categories = isObject(config) ? listIn(config['categories']) : [];
  const names = new Set<unknown>();
  const series = listIn(value['series']);
  series.forEach((entry, index) => {
    if (!isObject(entry)) return;
    const here = `${at}/series/${index}`;
    if (names.has(entry['name'])) report(page, here, 'duplicate', 'series names must be unique');
    names.add(entry['name']);
    const data = listIn(entry['data']);
    const labels = data.map((point) => (isObject(point) ? point['label'] : undefined));
    if (labels.length !== categories.length || !categories.every((category) => labels.includes(category))) {
      report(page, here, 'invalid', 'a series needs one value for each category');
    }
  });
};
const axes = shape({ categories: list(chartLabel, 1, 20) }, { x_label: string(50), y_label: string(50) });
const plotted = shape(
  {
    series: list(shape({ name: chartLabel, data: list(dataPoint, 1, 20) }), 1, 12),
    axis_config: axes,
  },
  {},
  seriesFitCategories,
);
const chart = typed(() => ({
  pie: shape({ segments: list(shape({ label: chartLabel, value: number(Number.MIN_VALUE) }), 1, 12) }),
  bar: plotted,
  line: plotted,
  area: plotted,
}));

const countChart: ObjectRule = (_value, at, page) => {
  page.charts += 1;
  if (page.charts > 2) report(page, at, 'too_many', 'no more than 2 data_visualization blocks in a message');
};

const countInput: ObjectRule = (_value, _at, page) => {
  page.inputs += 1;
};

const cardFields = {
  hero_image: typed(() => ({ image })),
  icon: typed(() => ({ image })),
  title: mrkdwn(150),
  subtitle: mrkdwn(150),
  body: mrkdwn(200),
  actions: list(
    typed(() => ({ button })),
    1,
    2,
  ),
};
const cardHasContent = atLeastOne('hero_image', 'title', 'actions', 'body');

const taskFields = {
  required: {
    task_id: id,
    title: string(Infinity),
    status: oneOf('pending', 'in_progress', 'complete', 'error'),
  },
  optional: {
    details: richText,
    output: richText,
    sources: list(
      typed(() => ({ url: shape({ url, text: string(Infinity) }) })),
      1,
      Infinity,
    ),
  },
};

const CHILD_BLOCKS = new Set([
  'actions',
  'context',
  'divider',
  'header',
  'image',
  'input',
  'rich_text',
  'section',
  'table',
  'data_table',
  'video',
]);
const childBlock: Rule = (value, at, page) => {
  if (isObject(value) && typeof value['type'] === 'string' && !CHILD_BLOCKS.has(value['type'])) {
    report(page, at, 'invalid', `a container may not hold ${value['type']}`);
    return;
  }
  anyBlock(value, at, page);
};

const BLOCKS: Record<string, BlockRule> = {
  actions: block(EVERYWHERE, {
    elements: list(
      typed(() => actionElements),
      1,
      25,
    ),
  }),
  alert: block(
    ['modal'],
    { text: anyText(200) },
    { level: oneOf('default', 'info', 'warning', 'error', 'success') },
  ),
  card: block(['message', 'home'], {}, cardFields, cardHasContent),
  carousel: block(['message', 'home'], {
    elements: list(
      typed(() => ({ card: shape({}, { ...cardFields, block_id: blockId }, cardHasContent) })),
      1,
      10,
    ),
  }),
  container: block(
    MESSAGE_ONLY,
    { child_blocks: list(childBlock, 1, 10) },
    {
      title: plain(150),
      rich_text_title: richText,
      subtitle: anyText(150),
      width: oneOf('narrow', 'standard', 'wide', 'full'),
      icon: typed(() => ({ image })),
      is_collapsible: boolean,
      default_collapsed: boolean,
      has_header_divider: boolean,
    },
    all(atLeastOne('title', 'rich_text_title'), (value, at, page) => {
      if (value['default_collapsed'] === true && value['is_collapsible'] !== true) {
        report(page, at, 'invalid', 'default_collapsed needs is_collapsible');
      }
    }),
  ),
  context: block(EVERYWHERE, { elements: list(contextElement, 1, 10) }),
  context_actions: block(MESSAGE_ONLY, { elements: list(contextAction, 1, 5) }),
  data_table: block(
    MESSAGE_ONLY,
    { rows: list(list(cell, 1, 20), 2, 101), caption: string(Infinity) },
    { page_size: number(1, 100), row_header_column_index: number(0, 19) },
    all(countTable, dataTableRows),
  ),
  data_visualization: block(MESSAGE_ONLY, { title: string(50), chart }, {}, countChart),
  divider: block(EVERYWHERE, {}),
  file: block([], { source: oneOf('remote'), external_id: id }),
  header: block(EVERYWHERE, { text: plain(150) }),
  image: block(
    EVERYWHERE,
    { alt_text: string(2000) },
    { ...imageSource, title: plain(2000) },
    oneImageSource,
  ),
  input: block(
    EVERYWHERE,
    { label: plain(2000), element: typed(() => inputElements) },
    { hint: plain(2000), optional: boolean, dispatch_action: boolean },
    countInput,
  ),
  markdown: block(MESSAGE_ONLY, { text: string(MARKDOWN_TEXT) }, {}, markdownBudget),
  plan: block(
    MESSAGE_ONLY,
    { title: string(Infinity) },
    {
      tasks: list(
        typed(() => ({
          task_card: shape(taskFields.required, { ...taskFields.optional, block_id: blockId }),
        })),
        1,
        Infinity,
      ),
    },
  ),
  rich_text: block(EVERYWHERE, { elements: list(richTextPart, 1, Infinity) }),
  section: block(
    EVERYWHERE,
    {},
    {
      text: anyText(3000),
      fields: list(anyText(2000), 1, 10),
      accessory: typed(() => accessories),
      expand: boolean,
    },
    atLeastOne('text', 'fields'),
  ),
  table: block(
    MESSAGE_ONLY,
    { rows: list(list(cell, 1, 20), 1, 100) },
    {
      column_settings: list(
        shape({}, { align: oneOf('left', 'center', 'right'), is_wrapped: boolean }),
        1,
        20,
      ),
    },
    countTable,
  ),
  task_card: block(MESSAGE_ONLY, taskFields.required, taskFields.optional),
  video: block(
    EVERYWHERE,
    { video_url: url, thumbnail_url: url, alt_text: string(2000), title: plain(199) },
    {
      title_url: url,
      author_name: string(49),
      provider_name: id,
      provider_icon_url: url,
      description: plain(2000),
    },
  ),
};

const onSurface =
  (type: string, { surfaces, rule }: BlockRule): Rule =>
  (value, at, page) => {
    if (!surfaces.includes(page.surface)) {
      report(page, at, 'wrong_surface', `${type} is not allowed in a ${page.surface}`);
    }
    rule(value, at, page);
  };

const BLOCK_RULES: Record<string, Rule> = Object.fromEntries(
  Object.entries(BLOCKS).map(([type, definition]) => [type, onSurface(type, definition)]),
);

function anyBlock(value: unknown, at: string, page: Page): void {
  page.actionIds = new Set();
  typed(() => BLOCK_RULES)(value, at, page);
}

// --- Messages and views ----------------------------------------------------------------------------------

function newPage(surface: Surface): Page {
  return {
    surface,
    problems: [],
    blockIds: new Set(),
    actionIds: new Set(),
    inputs: 0,
    focused: 0,
    tables: 0,
    charts: 0,
    markdownLength: 0,
  };
}

const SILENT_KEYS = new Set(['type', 'block_id', 'action_id', 'style']);

/** Characters of everything in the blocks that carries content. Markdown blocks have a budget of their own. */
function contentLength(value: unknown): number {
  if (typeof value === 'string') return value.length;
  if (Array.isArray(value)) return value.reduce<number>((sum, entry) => sum + contentLength(entry), 0);
  if (!isObject(value) || value['type'] === 'markdown') return 0;
  return Object.entries(value).reduce(
    (sum, [key, entry]) => (SILENT_KEYS.has(key) ? sum : sum + contentLength(entry)),
    0,
  );
}

function checkMetadata(metadata: unknown, page: Page): void {
  const at = '/metadata';
  if (!isObject(metadata) || typeof metadata['event_type'] !== 'string' || metadata['event_type'] === '') {
    report(page, at, 'invalid_metadata_format', 'metadata needs an event_type');
  } else if (!isObject(metadata['event_payload'])) {
    report(page, at, 'invalid_metadata_format', 'metadata needs an event_payload that is an object');
  }
}

/** Everything Slack would refuse in a message; empty when it can be sent. */
export function checkMessage(message: CheckedMessage): BlockProblem[] {
  const page = newPage('message');
  const { text, blocks, metadata } = message;
  const hasBlocks = Array.isArray(blocks) && blocks.length > 0;
  if (text !== undefined && typeof text !== 'string') report(page, '/text', 'wrong_type', 'must be a string');
  if (typeof text === 'string' && text.length > MESSAGE_TEXT) {
    report(page, '/text', 'msg_too_long', `text must be less than ${MESSAGE_TEXT + 1} characters`);
  }
  if (blocks !== undefined) list(anyBlock, 0, MESSAGE_BLOCKS)(blocks, '/blocks', page);
  if (!hasBlocks && (text === undefined || text === '')) {
    report(page, '', 'no_text', 'a message needs text or blocks');
  }
  const length = hasBlocks ? contentLength(blocks) : 0;
  if (length > MESSAGE_BLOCKS_TEXT) {
    report(
      page,
      '/blocks',
      'msg_blocks_too_long',
      `the blocks hold ${length} characters, more than ${MESSAGE_BLOCKS_TEXT}`,
    );
  }
  if (metadata !== undefined) checkMetadata(metadata, page);
  return page.problems;
}

const viewIds = {
  private_metadata: string(3000, 0),
  callback_id: string(255, 0),
  external_id: string(255, 0),
};

const modalView = (blocks: Rule) =>
  shape(
    { title: plain(24), blocks },
    {
      ...viewIds,
      submit: plain(24),
      close: plain(24),
      clear_on_close: boolean,
      notify_on_close: boolean,
      submit_disabled: boolean,
    },
    (view, at, page) => {
      if (page.inputs > 0 && view['submit'] === undefined) {
        report(page, at, 'missing', 'a modal with an input block needs submit');
      }
    },
  );

const homeView = (blocks: Rule) => shape({ blocks }, viewIds);

/** Everything Slack would refuse in a view (a modal or an App Home); empty when it can be shown. */
export function checkView(view: unknown): BlockProblem[] {
  const page = newPage(isObject(view) && view['type'] === 'home' ? 'home' : 'modal');
  const blocks = list(anyBlock, 0, VIEW_BLOCKS);
  typed(() => ({ modal: modalView(blocks), home: homeView(blocks) }))(view, '', page);
  const bytes = Buffer.byteLength(JSON.stringify(view) ?? '');
  if (bytes > VIEW_BYTES) {
    report(page, '', 'view_too_large', `the view has ${bytes} bytes, more than ${VIEW_BYTES}`);
  }
  return page.problems;
}

/** What Slack would refuse in the answer to somebody who types into an external select; no options are an answer too. */
export function checkSuggestions(answer: unknown): BlockProblem[] {
  const page = newPage('message');
  const options = list(plainOption, 0, 100);
  shape({}, { options, option_groups: list(optionGroup, 0, 100) }, exactlyOne('options', 'option_groups'))(
    answer,
    '',
    page,
  );
  return page.problems;
}
