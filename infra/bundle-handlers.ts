import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Plugin, stop } from 'esbuild';

const ROOT = join(__dirname, '..');

/** The entry points: one file of `handlers/` a Lambda function. */
export const HANDLERS = ['findings', 'changes', 'cards', 'workflow', 'clock', 'slack'] as const;

export type HandlerName = (typeof HANDLERS)[number];

/** Only these publish messages and answer people, and so draw pictures. */
export const DRAWING: readonly HandlerName[] = ['cards', 'changes'];

/** Comes from the layer: a native part is made for one processor, and fonts are files. */
const IN_LAYER = ['@resvg/resvg-js', '@expo-google-fonts/noto-sans-jp'];
/** Bolt loads its other ways in and sign-in pages whether or not they are used; none of them are. */
const LEFT_OUT = /^(express|raw-body|@slack\/socket-mode|@slack\/oauth)$/;
/** zod carries its messages in fifty languages, and loads the English ones by themselves. */
const LOCALES = /\/locales\/index\.js$/;

const leaveOut: Plugin = {
  name: 'leave-out',
  setup({ onResolve, onLoad }) {
    const empty = { path: 'empty', namespace: 'left-out' };
    onResolve({ filter: LEFT_OUT }, () => empty);
    onResolve({ filter: LOCALES }, ({ importer }) => (importer.includes('/zod/') ? empty : undefined));
    onLoad({ filter: /.*/, namespace: empty.namespace }, () => ({ contents: 'module.exports = {};' }));
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
  for (const name of HANDLERS) {
    mkdirSync(codeOf(folder, name), { recursive: true });
    cpSync(join(ROOT, 'config'), join(codeOf(folder, name), 'config'), { recursive: true });
  }
}
