import { cpSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import holidayJp from '@holiday-jp/holiday_jp';
import { build, type Plugin, stop } from 'esbuild';
import { compiledFile, compileYaml, readText } from '../src/config';

const ROOT = join(__dirname, '..');

/** The entry points: one file of `handlers/` a Lambda function. */
export const HANDLERS = [
  'findings',
  'changes',
  'cards',
  'workflow',
  'clock',
  'slack',
  'archive',
  'alarms',
] as const;

export type HandlerName = (typeof HANDLERS)[number];

/** Only these publish messages and answer people, and so draw pictures. */
export const DRAWING: readonly HandlerName[] = ['cards', 'changes'];

/** These work with what they are sent alone. */
export const READS_NO_CONFIG: readonly HandlerName[] = ['archive', 'alarms'];

/** Comes from the layer: a native part is made for one processor, and fonts are files. */
const IN_LAYER = ['@resvg/resvg-js', '@expo-google-fonts/noto-sans-jp'];
/**
 * Bolt loads its other ways in and sign-in pages whether or not they are used, the SDK all ways to credentials and its
 * streams of events; a function has one way in, its credentials in the environment, and calls nothing that streams.
 */
const LEFT_OUT = [
  /^(express|raw-body|@slack\/(socket-mode|oauth))$/,
  /^\.\/receivers\/(Express|HTTP|SocketMode)(Receiver|ModuleFunctions|Functions)$/,
  /^@aws-sdk\/(credential-provider-(http|ini|login|process|sso|web-identity)|token-providers)(\/|$)/,
  /^@smithy\/(credential-provider-imds|core\/event-streams)(\/|$)/,
  // How zod writes JSON Schema, which nobody asks of it.
  /\/json-schema-processors\.js$/,
];
/** Data files are compiled below, and so is a policy when it is pushed. */
const YAML = /^yaml$/;
const NO_YAML = `exports.parseDocument = () => {
  throw new Error('functions read compiled data files: this one lies there as YAML only');
};`;
/** Four names of each day since 1970; what is asked is whether a day to come is one, or one that has just been. */
const HOLIDAYS = /[\\/]holiday_jp[\\/]lib[\\/]holidays\.js$/;
const HOLIDAYS_FROM = '2025-01-01';
/** zod carries its messages in fifty languages, and loads the English ones by themselves. */
const LOCALES = /\/locales\/index\.js$/;

const DAYS = Object.keys(holidayJp.holidays).filter((day) => day >= HOLIDAYS_FROM);

const leaveOut: Plugin = {
  name: 'leave-out',
  setup({ onResolve, onLoad }) {
    const empty = { path: 'empty', namespace: 'left-out' };
    for (const filter of LEFT_OUT) onResolve({ filter }, () => empty);
    onResolve({ filter: LOCALES }, ({ importer }) => (importer.includes('/zod/') ? empty : undefined));
    onLoad({ filter: /.*/, namespace: empty.namespace }, () => ({ contents: 'module.exports = {};' }));
    onResolve({ filter: YAML }, () => ({ path: 'yaml', namespace: 'compiled' }));
    onLoad({ filter: /.*/, namespace: 'compiled' }, () => ({ contents: NO_YAML }));
    onLoad({ filter: HOLIDAYS }, () => ({
      contents: `module.exports = Object.fromEntries(${JSON.stringify(DAYS)}.map((day) => [day, {}]));`,
    }));
  },
};

/** Where a handler's code lies in the folder that `bundleHandlers` has filled: what goes into its function. */
export const codeOf = (folder: string, name: HandlerName): string => join(folder, name);

/** Builds every handler with all that it needs but the pictures' layer, and puts the files of `config/` beside it. */
export async function bundleHandlers(folder: string): Promise<void> {
  const bundle = (names: readonly HandlerName[], external: readonly string[]) =>
    build({
      entryPoints: names.map((name) => ({
        in: join(ROOT, 'handlers', `${name}.ts`),
        out: join(name, 'index'),
      })),
      outdir: folder,
      absWorkingDir: ROOT,
      bundle: true,
      minify: true,
      platform: 'node',
      target: 'node24',
      format: 'cjs',
      // Packages' modern halves are smaller and load faster.
      mainFields: ['module', 'main'],
      charset: 'utf8',
      legalComments: 'none',
      external: [...IN_LAYER, ...external],
      plugins: [leaveOut],
      logLevel: 'warning',
    });
  await bundle(
    HANDLERS.filter((name) => !DRAWING.includes(name)),
    ['echarts'],
  );
  await bundle(DRAWING, []);
  // Its process would keep this one alive.
  await stop();
  for (const name of HANDLERS.filter((name) => !READS_NO_CONFIG.includes(name))) {
    const config = join(codeOf(folder, name), 'config');
    cpSync(join(ROOT, 'config'), config, { recursive: true });
    compileDataFiles(config);
  }
}

/** Puts the compiled form of each YAML file of a folder beside it. */
function compileDataFiles(folder: string): void {
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.yml')) continue;
    const file = join(folder, name);
    writeFileSync(compiledFile(file), JSON.stringify(compileYaml(readText(file), name)));
  }
}
