import type { WebClient } from '@slack/web-api';
import { drawSuppress } from '../../../blocks/modals/suppress';
import { designTerms, suppressOffer } from '../../../src/access';
import { byDeadline, issueRef, requestRef, viewRequest } from '../../../src/requests';
import { findException, suppressedUnder, worstOf } from '../../../src/suppressions';
import type { FrontBot } from '../../composition';
import { openModal } from '../modal';
import { checkPress, type Press } from '../press';

/** "Extend…": its value is the id of the change that made the exception. Asks what a suppression asks, of what it covers. */
export const openExtend = (client: WebClient) => async (press: Press, bot: FrontBot) =>
  openModal(press, bot, client, async (language) => {
    const ended = { refused: { kind: 'exception', outcome: 'ended' } } as const;
    const exception = await findException(press.value, bot.changes);
    if (exception === undefined) return ended;
    const access = await checkPress(press, bot, requestRef(exception.request), 'look');
    if ('refused' in access) return access;
    const [request, all] = await Promise.all([
      bot.intake.requests.load(exception.request),
      bot.intake.issues.of(exception.request),
    ]);
    const covered = await suppressedUnder(exception, { of: async () => all });
    if (request === undefined || covered.length === 0) return ended;
    const now = bot.ports.now();
    const severity = worstOf(covered);
    const { SECURITY_ANALYSTS: analysts, SECURITY_LEADS: leads, TIME_ZONE: timeZone } = bot.settings;
    return drawSuppress(
      {
        view: viewRequest(request, all, bot.views, now),
        issues: covered
          .toSorted(byDeadline)
          .map((issue) => ({ ref: issueRef(issue), resource: issue.resource.id, region: issue.region })),
        offer: suppressOffer(access.asker, severity, bot.config.access, { analysts, leads }),
        design: designTerms(access.asker, severity, bot.config.access),
        extending: { change: exception.change.id, until: exception.payload.until },
        now,
        timeZone,
        reason: exception.payload.reason,
      },
      language,
    );
  });
