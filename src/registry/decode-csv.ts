/** How a file was written. */
export type CsvEncoding = 'utf-8' | 'utf-16le' | 'shift_jis';

/** The text without a byte order mark, or undefined when the bytes are no text of this encoding. */
function decode(bytes: Uint8Array, encoding: CsvEncoding): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return undefined;
    throw error;
  }
}

/**
 * The text of a file that a spreadsheet or an editor has written: UTF-8 with or without BOM, UTF-16 with one (Excel's
 * "Unicode text"), else Shift_JIS as Windows writes it. Text in Shift_JIS is practically never valid UTF-8.
 * @returns undefined when it is none of these
 */
export function decodeCsv(bytes: Uint8Array): { text: string; encoding: CsvEncoding } | undefined {
  const order: readonly CsvEncoding[] =
    bytes[0] === 0xff && bytes[1] === 0xfe ? ['utf-16le'] : ['utf-8', 'shift_jis'];
  for (const encoding of order) {
    const text = decode(bytes, encoding);
    if (text !== undefined && !text.includes('\0')) return { text, encoding };
  }
  return undefined;
}
