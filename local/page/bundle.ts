import { join } from 'node:path';

/** What the browser loads. */
export interface PageFiles {
  readonly script: string;
  readonly style: string;
}

export const DOCUMENT = `<!doctype html>
<html lang="ja">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>secops-bot</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/page.css">
<script type="module" src="/page.js"></script>
</head>
<body>
<div id="app"></div>
<noscript>このページには JavaScript が必要です。This page needs JavaScript.</noscript>
</body>
</html>
`;

/**
 * Builds the page from its sources: at every start, so that no built file lies beside them. In one go, which takes a
 * twentieth of a second: esbuild's service would stay behind, and a Ctrl-C that reaches it first would end the bot.
 * @throws what is wrong with the sources
 */
export async function bundlePage(): Promise<PageFiles> {
  // Loaded here: a run without a page does not need it.
  const { buildSync } = await import('esbuild');
  const { outputFiles } = buildSync({
    entryPoints: { page: join(__dirname, 'ui', 'main.tsx') },
    outdir: 'page',
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    charset: 'utf8',
    legalComments: 'none',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    logLevel: 'silent',
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  const text = (ending: string) => outputFiles.find(({ path }) => path.endsWith(ending))?.text ?? '';
  return { script: text('.js'), style: text('.css') };
}
