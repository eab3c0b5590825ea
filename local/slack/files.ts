import { randomBytes } from 'node:crypto';
import type { Journal } from './journal';
import { isJson, type Json } from './json';
import { Refusal } from './refusal';
import type { Timestamps } from './timestamps';

/** A file as it is kept over a restart; its bytes lie beside. */
export interface KeptFile {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly alt: string;
  /** Seconds since the epoch. */
  readonly created: number;
}

interface StoredFile extends Omit<KeptFile, 'title'> {
  readonly ticket: string;
  readonly length: number;
  title: string;
  bytes: Buffer | undefined;
  /** Whether the app has said that it has uploaded all of it. */
  isComplete: boolean;
  /** Slack says of what type a file is when it has processed it. */
  isProcessed: boolean;
}

const KEPT_FILES = 500;
const LONGEST_ALT = 1_000;
const PNG = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');

function isPng(bytes: Buffer | undefined): bytes is Buffer {
  return bytes !== undefined && bytes.length >= 24 && bytes.subarray(0, PNG.length).equals(PNG);
}

/** Files that the app has uploaded without a channel, for blocks to show. Of pictures only PNG is known here. */
export class Files {
  private readonly files = new Map<string, StoredFile>();

  /** @param processingMs from the end of an upload until its file can be shown, in real milliseconds */
  constructor(
    private readonly timestamps: Timestamps,
    private readonly journal: Journal,
    private readonly owner: string,
    private readonly processingMs: number,
  ) {}

  /** @returns the file's id, and what its upload is known by */
  begin(asked: { name: string; length: number; alt: string }): { id: string; ticket: string } {
    if (asked.length < 1) throw new Refusal('missing_argument');
    if (asked.alt.length > LONGEST_ALT) throw new Refusal('alt_txt_too_large');
    const micros = Number(this.timestamps.next().replace('.', ''));
    const id = `F${micros.toString(36).toUpperCase()}`;
    const ticket = randomBytes(16).toString('hex');
    this.keep({
      ...asked,
      id,
      ticket,
      title: asked.name,
      created: Math.floor(micros / 1_000_000),
      bytes: undefined,
      isComplete: false,
      isProcessed: false,
    });
    return { id, ticket };
  }

  /** @throws Refusal where nobody waits for these bytes */
  receive(ticket: string, bytes: Buffer): void {
    const file = [...this.files.values()].find((each) => each.ticket === ticket && !each.isComplete);
    if (!file) throw new Refusal('unknown_upload');
    if (bytes.length !== file.length) throw new Refusal('wrong_length');
    file.bytes = bytes;
  }

  complete(id: string, title: string | undefined): Json {
    const file = this.files.get(id);
    if (!file?.bytes) throw new Refusal('file_not_found');
    file.title = title ?? file.title;
    if (!file.isComplete) {
      file.isComplete = true;
      this.process(file);
      this.journal.record({ type: 'file.uploaded', shown: { id, name: file.name } });
    }
    return { id, title: file.title };
  }

  /** A file as `files.info` shows it. */
  shown(id: string): Json {
    const file = this.files.get(id);
    if (!file?.isComplete) throw new Refusal('file_not_found');
    const { name, title, alt, created, bytes, isProcessed } = file;
    return {
      id,
      created,
      name,
      title,
      user: this.owner,
      size: bytes?.length ?? 0,
      mode: 'hosted',
      is_external: false,
      is_public: false,
      channels: [],
      alt_txt: alt,
      mimetype: '',
      filetype: '',
      ...(isProcessed && this.processed(bytes)),
    };
  }

  /** The bytes of a file that a block may show. */
  picture(id: string): Buffer | undefined {
    const file = this.files.get(id);
    return file?.isProcessed && isPng(file.bytes) ? file.bytes : undefined;
  }

  /** JSON pointers of everything in these blocks that shows a file which nobody can show. */
  faultsIn(value: unknown, at: string): string[] {
    if (Array.isArray(value)) return value.flatMap((each, index) => this.faultsIn(each, `${at}/${index}`));
    if (!isJson(value)) return [];
    return Object.entries(value).flatMap(([key, inner]) => {
      if (key !== 'slack_file' || !isJson(inner)) return this.faultsIn(inner, `${at}/${key}`);
      const { id } = inner;
      return typeof id === 'string' && this.picture(id) ? [] : [`${at}/slack_file`];
    });
  }

  /** The same blocks with the size of each picture, as Slack shows it to whoever reads the message. */
  measured(blocks: Json[]): Json[] {
    return blocks.map((block) => {
      const { type, slack_file: file } = block;
      const bytes = type === 'image' && isJson(file) ? this.picture(String(file['id'])) : undefined;
      return bytes ? { ...block, ...sizeOf(bytes, 'image_width', 'image_height') } : block;
    });
  }

  /** What there is to keep over a restart. */
  kept(): { file: KeptFile; bytes: Buffer }[] {
    return [...this.files.values()].flatMap(({ bytes, isComplete, id, name, title, alt, created }) =>
      bytes && isComplete ? [{ file: { id, name, title, alt, created }, bytes }] : [],
    );
  }

  restore(file: KeptFile, bytes: Buffer): void {
    this.keep({ ...file, bytes, ticket: '', length: bytes.length, isComplete: true, isProcessed: true });
  }

  private keep(file: StoredFile): void {
    this.files.set(file.id, file);
    const [oldest] = this.files.keys();
    if (this.files.size > KEPT_FILES && oldest !== undefined) this.files.delete(oldest);
  }

  private process(file: StoredFile): void {
    const done = () => {
      file.isProcessed = true;
    };
    setTimeout(done, this.processingMs).unref();
  }

  private processed(bytes: Buffer | undefined): Json {
    if (!isPng(bytes)) return { mimetype: 'application/octet-stream', filetype: 'binary' };
    return { mimetype: 'image/png', filetype: 'png', ...sizeOf(bytes, 'original_w', 'original_h') };
  }
}

/** Width and height in pixels: the first chunk of every PNG begins with them. */
function sizeOf(png: Buffer, width: string, height: string): Json {
  return { [width]: png.readUInt32BE(16), [height]: png.readUInt32BE(20) };
}
