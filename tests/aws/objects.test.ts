import { s3Objects } from '../../src/aws';
import { openWorld } from '../setup/world';

it('keeps a document as it is, the newest under its name', async () => {
  const { s3, bucket } = await openWorld();
  const objects = s3Objects(s3, bucket);
  await objects.put('quarantine/あ 1.json', '{"text":"😀\\u0000"}');
  await objects.put('quarantine/あ 1.json', '{"text":"newest 😀"}');
  expect(await objects.get('quarantine/あ 1.json')).toBe('{"text":"newest 😀"}');
});
