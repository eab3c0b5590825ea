import type { WebClient } from '@slack/web-api';
import { readOffer } from '../../../blocks/ids';
import { drawSuppress } from '../../../blocks/modals/suppress';
import { designTerms, suppressOffer } from '../../../src/access';
import { byDeadline, isOpen, issueRef, viewRequest } from '../../../src/requests';
import type { FrontBot } from '../../composition';
import { openModal } from '../modal';
import { checkPress, type Press } from '../press';

/** "Suppress…": asks for the reason, and offers only what this person may choose. */
export const openSuppress = (client: WebClient) => async (press: Press, bot: FrontBot) =>
  openModal(press, bot, client, async (language) => {
    const { ref, text } = readOffer(press.value);
    const access = await checkPress(press, bot, ref, 'look');
    if ('refused' in access) return access;
    const request = await bot.intake.requests.load(access.key);
    if (request === undefined) return undefined;
    const issues = await bot.intake.issues.of(access.key);
    const now = bot.ports.now();
    const view = viewRequest(request, issues, bot.views, now);
    const { SECURITY_ANALYSTS: analysts, SECURITY_LEADS: leads, TIME_ZONE: timeZone } = bot.settings;
    return drawSuppress(
      {
        view,
        issues: issues
          .filter(isOpen)
          .sort(byDeadline)
          .map((issue) => ({ ref: issueRef(issue), resource: issue.resource.id, region: issue.region })),
        offer: suppressOffer(access.asker, view.severity, bot.config.access, { analysts, leads }),
        design: designTerms(access.asker, view.severity, bot.config.access),
        now,
        timeZone,
        ...(text !== undefined && { reason: text }),
      },
      language,
    );
  });
