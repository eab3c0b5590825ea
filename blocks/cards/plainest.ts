import type { Button, KnownBlock, Option, SectionBlock } from '@slack/types';
import { ACTIONS, BLOCKS, type MoreChoice, readMore } from '../ids';
import { actions, button } from '../kit';

/**
 * The same content in sections and one actions block: what Slack has always known. Of several buttons with one id
 * only the first is kept (an actions block may not hold an id twice).
 */
export function plainest(blocks: readonly KnownBlock[]): KnownBlock[] {
  const all = blocks.flatMap(buttonsOf);
  const buttons = all.filter(
    (one, place) => all.findIndex((other) => other.action_id === one.action_id) === place,
  );
  return [
    ...blocks.flatMap(sectionsOf),
    ...(buttons.length > 0 ? [actions(BLOCKS.requestActions, buttons)] : []),
  ];
}

function sectionsOf(block: KnownBlock): SectionBlock[] {
  switch (block.type) {
    case 'header':
      return [{ type: 'section', text: block.text }];
    case 'section':
      return [...(block.text ? [block.text] : []), ...(block.fields ?? [])].map((text) => ({
        type: 'section',
        text,
      }));
    case 'context':
      return block.elements.flatMap((element) =>
        element.type === 'mrkdwn' || element.type === 'plain_text'
          ? [{ type: 'section', text: element }]
          : [],
      );
    default:
      return [];
  }
}

function buttonsOf(block: KnownBlock): Button[] {
  if (block.type === 'section') return block.accessory?.type === 'button' ? [block.accessory] : [];
  if (block.type !== 'actions') return [];
  return block.elements.flatMap((element) => {
    if (element.type === 'button') return [element];
    return element.type === 'overflow' ? element.options.flatMap(fromOption) : [];
  });
}

const CHOICES: Record<MoreChoice, string> = {
  details: ACTIONS.details,
  check: ACTIONS.checkNow,
  ask: ACTIONS.ask,
};

/** A choice of the overflow menu as the button it stands for. */
function fromOption(choice: Option): Button[] {
  const more = readMore(choice.value ?? '');
  if (more === undefined) return [];
  return [button(CHOICES[more.choice], choice.text.text, more.ref)];
}
