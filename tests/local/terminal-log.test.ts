import { terminalLog } from '../../local/terminal-log';
import type { LogDetails } from '../../src/log';

let written: string[];
const log = () => {
  written = [];
  return terminalLog((text) => void written.push(text));
};

it('writes what went wrong, in one line, and nothing that went well', () => {
  const { info, warn, error } = log();
  info('finding taken in', { account: '111122223333', outcome: 'moved' });
  warn('message quarantined', { messageId: 'm', count: 2, details: ['a', 'b'] });
  error('card not shown', { error: new Error('no channel'), code: undefined });
  error('plainly');
  expect(written).toEqual([
    '! message quarantined (messageId=m count=2 details=["a","b"])',
    '✗ card not shown (error=Error: no channel)',
    '✗ plainly',
  ]);
});

it('writes no secret, and nothing that may not be logged', () => {
  const { error } = log();
  error('x', { error: new Error('token xoxb-1-2'), reason: 'private', token: 'y' } as LogDetails);
  expect(written).toEqual(['✗ x (error=Error: token [removed])']);
});

it('says once of an account that it is only observed', () => {
  const { info } = log();
  for (const account of ['111122223333', '111122223333', '444455556666']) {
    info('finding taken in', { account, mode: 'observe' });
  }
  info('finding taken in', { account: '777788889999', mode: 'enforce' });
  expect(written).toHaveLength(2);
  expect(written[0]).toContain('111122223333 is only observed');
  expect(written[1]).toContain('444455556666 is only observed');
});
