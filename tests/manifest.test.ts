import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod';
import { manifestFor, transportOf } from '../commands/manifest';

const ROOT = join(__dirname, '..');
const BASE = readFileSync(join(ROOT, 'manifest.yml'), 'utf8');
const URL_GIVEN = 'https://abc123.lambda-url.ap-northeast-1.on.aws/';

const https = z.url({ protocol: /^https$/ });

/** Slack's limits: https://docs.slack.dev/reference/app-manifest */
const SlackManifest = z.strictObject({
  _metadata: z.strictObject({ major_version: z.union([z.literal(1), z.literal(2)]) }),
  display_information: z.strictObject({
    name: z.string().min(1).max(35),
    description: z.string().max(140),
    long_description: z.string().min(175).max(4000),
    background_color: z.string().regex(/^#([0-9a-f]{3}|[0-9a-f]{6})$/i),
  }),
  features: z.strictObject({
    app_home: z.strictObject({
      home_tab_enabled: z.boolean(),
      messages_tab_enabled: z.boolean(),
      messages_tab_read_only_enabled: z.boolean(),
    }),
    bot_user: z.strictObject({
      display_name: z.string().regex(/^[a-z0-9._-]{1,80}$/),
      always_online: z.boolean(),
    }),
    slash_commands: z
      .array(
        z.strictObject({
          command: z.string().regex(/^\/[a-z0-9_-]{1,31}$/),
          description: z.string().min(1).max(2000),
          usage_hint: z.string().max(1000),
          should_escape: z.boolean(),
          url: https.optional(),
        }),
      )
      .max(50),
  }),
  oauth_config: z.strictObject({
    scopes: z.strictObject({ bot: z.array(z.string().regex(/^[a-z_]+(:[a-z_.]+)*$/)).max(255) }),
  }),
  settings: z.strictObject({
    event_subscriptions: z.strictObject({
      request_url: https.optional(),
      bot_events: z
        .array(z.string().regex(/^[a-z_]+(\.[a-z_]+)*$/))
        .min(1)
        .max(100),
    }),
    interactivity: z.strictObject({
      is_enabled: z.boolean(),
      request_url: https.optional(),
      message_menu_options_url: https.optional(),
    }),
    org_deploy_enabled: z.boolean(),
    socket_mode_enabled: z.boolean(),
    token_rotation_enabled: z.boolean(),
  }),
});
type SlackManifest = z.infer<typeof SlackManifest>;

function read(yaml: string): SlackManifest {
  return SlackManifest.parse(parse(yaml));
}

function urls({ features, settings }: SlackManifest): (string | undefined)[] {
  return [
    ...features.slash_commands.map((command) => command.url),
    settings.event_subscriptions.request_url,
    settings.interactivity.request_url,
    settings.interactivity.message_menu_options_url,
  ];
}

const variants = {
  'manifest.yml': BASE,
  'Socket Mode': manifestFor(BASE, { socketMode: true }),
  'a URL': manifestFor(BASE, { socketMode: false, url: URL_GIVEN }),
};

describe.each(Object.entries(variants))('the manifest: %s', (_name, yaml) => {
  const manifest = read(yaml);

  test('asks for exactly the scopes that the bot uses', () => {
    expect([...manifest.oauth_config.scopes.bot].sort()).toEqual([
      'app_mentions:read',
      'channels:history',
      'channels:read',
      'chat:write',
      'chat:write.public',
      'commands',
      'files:read',
      'files:write',
      'groups:history',
      'groups:read',
      'reactions:write',
      'usergroups:read',
      'users:read',
      'users:read.email',
    ]);
  });

  test('hears mentions and who opens its page, and nothing else that is said', () => {
    expect(manifest.settings.event_subscriptions.bot_events).toEqual(['app_mention', 'app_home_opened']);
  });

  test('lets /secops receive people as ids, has a page, and opens no direct messages', () => {
    expect(manifest.features.slash_commands).toEqual([
      expect.objectContaining({ command: '/secops', should_escape: true }),
    ]);
    expect(manifest.features.bot_user.display_name).toBe('secops');
    expect(manifest.features.app_home).toMatchObject({
      home_tab_enabled: true,
      messages_tab_enabled: false,
    });
    expect(manifest.settings.interactivity.is_enabled).toBe(true);
  });

  test('describes itself in both languages', () => {
    const { description, long_description } = manifest.display_information;
    for (const text of [description, long_description, manifest.features.slash_commands[0]!.description]) {
      expect(text).toMatch(/[ぁ-ん]/);
      expect(text).toMatch(/security|Security/);
    }
  });
});

test('a Socket Mode manifest holds no URL', () => {
  const manifest = read(variants['Socket Mode']);
  expect(manifest.settings.socket_mode_enabled).toBe(true);
  expect(urls(manifest)).toEqual([undefined, undefined, undefined, undefined]);
  expect(variants['Socket Mode']).not.toContain('https://');
});

test('an HTTP manifest sends everything to the URL given', () => {
  const manifest = read(variants['a URL']);
  expect(manifest.settings.socket_mode_enabled).toBe(false);
  expect(urls(manifest)).toEqual([URL_GIVEN, URL_GIVEN, URL_GIVEN, URL_GIVEN]);
});

test('what is in git holds placeholders only', () => {
  const placeholder = 'https://example.com/slack/events';
  expect(urls(read(BASE))).toEqual([placeholder, placeholder, placeholder, placeholder]);
});

describe('the command line', () => {
  test('names one transport', () => {
    expect(transportOf(['--socket-mode'])).toEqual({ socketMode: true });
    expect(transportOf(['--url', URL_GIVEN])).toEqual({ socketMode: false, url: URL_GIVEN });
  });

  test.each([
    [[], /either --socket-mode or --url/],
    [['--socket-mode', '--url', URL_GIVEN], /either --socket-mode or --url/],
    [['--url', 'http://example.com/'], /https URLs only/],
    [['--url', 'example.com'], /https URLs only/],
    [['--socket'], /Unknown option '--socket'/],
  ])('refuses %j', (args, advice) => {
    expect(() => transportOf(args)).toThrow(advice);
  });

  test('prints YAML on stdout, or advice on stderr and fails', () => {
    const run = (...args: string[]) =>
      spawnSync(process.execPath, ['--import', 'tsx', 'commands/manifest.ts', ...args], {
        cwd: ROOT,
        encoding: 'utf8',
      });
    const good = run('--socket-mode');
    expect(good).toMatchObject({ status: 0, stderr: '', stdout: variants['Socket Mode'] });
    const bad = run('--url', 'http://example.com/');
    expect(bad).toMatchObject({ status: 1, stdout: '' });
    expect(bad.stderr).toMatch(/https URLs only[\s\S]*npm run -s manifest/);
  });
});
