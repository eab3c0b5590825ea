import { Journal } from '../../../local/slack/journal';

const posted = (channel: string) => ({ type: 'message.posted' as const, channel });

describe('waiting for a change', () => {
  test('finds one that already came after the position', async () => {
    const journal = new Journal(() => 7);
    journal.record(posted('C1'));
    const since = journal.position;
    journal.record(posted('C2'));
    expect(await journal.wait({ since }, 1000)).toEqual({ seq: 2, at: 7, ...posted('C2') });
  });

  test('passes over what does not fit', async () => {
    const journal = new Journal(() => 7);
    const waiting = journal.wait({ since: 0, type: 'message.posted', channel: 'C2' }, 1000);
    journal.record(posted('C1'));
    journal.record({ type: 'message.updated', channel: 'C2' });
    journal.record(posted('C2'));
    expect(await waiting).toMatchObject({ seq: 3 });
  });

  test('gives up in time', async () => {
    expect(await new Journal(() => 7).wait({ since: 0 }, 1)).toBeUndefined();
  });
});
