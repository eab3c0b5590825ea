import { hashOf, permalinkHash, type Route, routeIn } from '../../../../local/page/ui/route';

test.each<[string, Route]>([
  ['#/home', { kind: 'home' }],
  ['#/C0SHOPPRD', { kind: 'channel', channel: 'C0SHOPPRD' }],
  ['#/C0SHOPPRD/p1794358800.376000', { kind: 'channel', channel: 'C0SHOPPRD', message: '1794358800.376000' }],
  [
    '#/C0SHOPPRD/p1794358800.376000/t1794358800.000100',
    { kind: 'channel', channel: 'C0SHOPPRD', message: '1794358800.376000', thread: '1794358800.000100' },
  ],
  ['#/', { kind: 'none' }],
])('%s', (hash, route) => {
  expect(routeIn(hash)).toEqual(route);
  expect(hashOf(route)).toBe(hash);
});

test.each(['', '#', '#/<script>', '#/C0SHOPPRD/../x', '#/c0shopprd'])('%s leads nowhere', (hash) => {
  expect(routeIn(hash)).toEqual({ kind: 'none' });
});

test('a link to a Slack message stays on this page, any other does not', () => {
  expect(permalinkHash('https://local.slack.com/archives/C0SHOPPRD/p1794358800376000')).toBe(
    '#/C0SHOPPRD/p1794358800.376000',
  );
  expect(permalinkHash('https://slack.com/archives/C0SHOPPRD/p1794358800376000?thread_ts=1.2')).toBe(
    '#/C0SHOPPRD/p1794358800.376000',
  );
  expect(permalinkHash('https://slack.com.example/archives/C0SHOPPRD/p1794358800376000')).toBeUndefined();
  expect(permalinkHash('https://docs.aws.amazon.com/')).toBeUndefined();
});
