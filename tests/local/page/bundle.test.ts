import { gzipSync } from 'node:zlib';
import { bundlePage } from '../../../local/page/bundle';

const LIMIT = 300_000;

test('the page is built from its sources, and its script has at most 300 KB compressed', async () => {
  const { script, style } = await bundlePage();
  expect(script.length).toBeGreaterThan(0);
  expect(gzipSync(script).length).toBeLessThan(LIMIT);
  // Loaded with it, from here: nothing in it may reach out for more.
  expect(style).not.toMatch(/@import|url\(["']?https?:/);
  expect(script).not.toMatch(/\bimport\s*\(\s*["']https?:/);
});
