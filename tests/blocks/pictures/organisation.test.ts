import { drawOrganisationPicture } from '../../../blocks/pictures';
import { decode } from './pixels';
import { organisationOf } from './views';

it.each([1, 2, 3, 57])('draws %i weeks', async (weeks) => {
  const picture = await drawOrganisationPicture(organisationOf(weeks), 'ja');
  expect(decode(picture).width).toBe(1440);
});

it('says in words what it shows', async () => {
  const { alt } = await drawOrganisationPicture(organisationOf(4), 'en');
  expect(alt).toBe(
    'Score of the organisation over time, by week. The median score in the week of 16 Nov 2026 is 73 %. In the week of 26 Oct 2026 it was 70 %. In the week of 16 Nov 2026, 3 of 12 accounts are at 100 %. In the week of 26 Oct 2026 there were 0.',
  );
});

it('shows a median of half a point', async () => {
  const weeks = [{ week: '2026-11-16', median: 87.5, perfect: 1, accounts: 2 }];
  const { alt } = await drawOrganisationPicture({ weeks }, 'ja');
  expect(alt).toContain('中央値は 87.5 % です');
  expect(alt).toContain('2 アカウントのうち 1 です');
});

it('has nothing to draw as long as no week knows an account', async () => {
  const unknown = [{ week: '2026-11-16', median: undefined, perfect: 0, accounts: 0 }];
  expect(await drawOrganisationPicture({ weeks: unknown }, 'ja')).toEqual(
    await drawOrganisationPicture({ weeks: [] }, 'ja'),
  );
});

it('draws accounts without a median', async () => {
  const weeks = [{ week: '2026-11-16', median: undefined, perfect: 0, accounts: 3 }];
  const { alt } = await drawOrganisationPicture({ weeks }, 'en');
  expect(alt).toContain('There is no median score yet.');
});
