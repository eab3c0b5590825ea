import * as z from 'zod';
import { readYaml, section } from '../config';
import { LANGUAGES, type Language } from '../playbooks';
import { CHANNEL } from './load-accounts';

/** The channels of `config/channels.yml`. */
export interface ChannelFile {
  /** The language set for a channel; undefined when none is, so that the deployment's applies. */
  languageOf(channel: string): Language | undefined;
}

const CHANNELS = section({
  channels: z.record(CHANNEL, section({ lang: z.enum(LANGUAGES) })),
});

/**
 * Reads the languages of channels.
 * @throws {ConfigError} when the file is wrong
 */
export function loadChannels(file: string): ChannelFile {
  const { value } = readYaml(file, CHANNELS);
  const languages = new Map(Object.entries(value.channels).map(([channel, { lang }]) => [channel, lang]));
  return { languageOf: (channel) => languages.get(channel) };
}
