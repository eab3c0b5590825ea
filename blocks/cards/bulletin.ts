import type { KnownBlock } from '@slack/types';
import type { BulletinView } from '../../src/bulletins';
import type { Language } from '../../src/playbooks';
import { header, LIMITS, type Message, message, mrk } from '../kit';
import { shownWords } from '../words/shown';
import { drawAccounts } from './bulletins/accounts';
import type { BulletinPage, Drawn, Room } from './bulletins/bulletin-page';
import { drawCelebration, pictureCelebration } from './bulletins/celebration';
import { drawDigest } from './bulletins/digest';
import { drawDrift } from './bulletins/drift';
import { drawMorning } from './bulletins/morning';
import { drawObserved } from './bulletins/observed';
import { drawOverdue } from './bulletins/overdue';
import { drawRanking, pictureRanking } from './bulletins/ranking';
import { drawReminder } from './bulletins/reminder';
import { drawUndecided } from './bulletins/undecided';
import { plainest } from './plainest';

/** From generous to tight: the first that keeps the message within the budget is used, else `TIGHTEST`. */
const ROOMS: readonly Room[] = [
  { lines: 40, title: 150 },
  { lines: 34, title: 150 },
  { lines: 28, title: 120 },
  { lines: 24, title: 120 },
  { lines: 20, title: 120 },
  { lines: 16, title: 100 },
  { lines: 12, title: 80 },
  { lines: 8, title: 60 },
];
const TIGHTEST: Room = { lines: 3, title: 40 };

/**
 * A message about several records at once. At most `LIMITS.messageJson` characters of JSON, whatever the view holds:
 * the lines that do not fit are counted, and found in the bulletin's list.
 */
export function drawBulletin(view: BulletinView, language: Language): Message {
  return drawWithin(view, language, false);
}

/** The same in the plainest blocks, for a Slack that refuses the bulletin's own. */
export function plainBulletin(view: BulletinView, language: Language): Message {
  return drawWithin(view, language, true);
}

/** What goes with a bulletin as a picture; undefined where words say it all. */
export async function drawBulletinPicture(
  view: BulletinView,
  language: Language,
): Promise<{ readonly png: Uint8Array; readonly alt: string } | undefined> {
  switch (view.kind) {
    case 'ranking':
      return pictureRanking(view, language);
    case 'celebration':
      return pictureCelebration(view, language);
    default:
      return undefined;
  }
}

function drawWithin(view: BulletinView, language: Language, plain: boolean): Message {
  const at = (room: Room): Message => {
    const { title, blocks } = draw(view, { language, words: shownWords(language), room, plain });
    const all: KnownBlock[] = [header(title), ...blocks];
    return message(mrk`${title}`, plain ? plainest(all) : all);
  };
  for (const room of ROOMS) {
    const drawn = at(room);
    if (JSON.stringify(drawn).length <= LIMITS.messageJson) return drawn;
  }
  return at(TIGHTEST);
}

function draw(view: BulletinView, rest: Omit<BulletinPage, 'view'>): Drawn {
  switch (view.kind) {
    case 'digest':
      return drawDigest({ view, ...rest });
    case 'morning':
      return drawMorning({ view, ...rest });
    case 'reminder':
      return drawReminder({ view, ...rest });
    case 'overdue':
      return drawOverdue({ view, ...rest });
    case 'observed':
      return drawObserved({ view, ...rest });
    case 'undecided':
      return drawUndecided({ view, ...rest });
    case 'drift':
      return drawDrift({ view, ...rest });
    case 'accounts':
      return drawAccounts({ view, ...rest });
    case 'ranking':
      return drawRanking({ view, ...rest });
    case 'celebration':
      return drawCelebration({ view, ...rest });
  }
}
