import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { NATIVE_PICTURES } from './resources';

const ROOT = join(__dirname, '..');
const FONTS = '@expo-google-fonts/noto-sans-jp';
const FONT_FILES = [
  'package.json',
  'LICENSE_FONT',
  '400Regular/NotoSansJP_400Regular.ttf',
  '700Bold/NotoSansJP_700Bold.ttf',
];

/**
 * Lays what pictures need into the folder, as Lambda looks for the packages of a layer.
 * @returns whether the part for Lambda's processor is among it. On another processor npm does not install it; without
 *   it the template is the same, and functions would send messages without their pictures.
 */
export function layPictures(folder: string): boolean {
  const packages = join(folder, 'nodejs', 'node_modules');
  const installed = join(ROOT, 'node_modules');
  for (const file of FONT_FILES) cpSync(join(installed, FONTS, file), join(packages, FONTS, file));
  cpSync(join(installed, '@resvg/resvg-js'), join(packages, '@resvg/resvg-js'), { recursive: true });
  const native = [installed, join(ROOT, NATIVE_PICTURES.folder, 'node_modules')]
    .map((place) => join(place, NATIVE_PICTURES.package))
    .find((place) => existsSync(place));
  if (native === undefined) return false;
  cpSync(native, join(packages, NATIVE_PICTURES.package), { recursive: true });
  return true;
}
