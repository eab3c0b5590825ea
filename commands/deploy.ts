import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { callerIdentity, callerIn, stsClient } from '../src/aws';
import { SettingsError } from '../src/settings';
import { cdkArguments } from './deploy/cdk-arguments';
import { describeDeployment } from './deploy/describe-deployment';
import { fetchNative } from './deploy/fetch-native';
import { readDataFiles, readDeployment } from './deploy/read-deployment';
import { WrongUsage } from './wrong-usage';

const USAGE = `Usage: npm run deploy -- --settings FILE [--yes]

Shows what is going to be deployed and does it, with the AWS credentials of this terminal: into the account in which
Security Hub is administered, and the Region in which its findings are aggregated.

--settings  YAML with AWS_ACCOUNT_ID, AWS_REGION and the settings of the bot, by the names that README.md lists.
--yes       Does not ask when the functions get more rights than they had.`;

const ROOT = join(__dirname, '..');

function optionsOf(args: readonly string[]): { readonly settings: string; readonly yes: boolean } {
  try {
    const { settings, yes } = parseArgs({
      args: [...args],
      options: { settings: { type: 'string' }, yes: { type: 'boolean', default: false } },
    }).values;
    if (settings === undefined) throw new WrongUsage('Name the settings file.');
    return { settings, yes };
  } catch (error) {
    if (error instanceof WrongUsage) throw error;
    throw new WrongUsage(error instanceof Error ? error.message : String(error));
  }
}

async function main(args: readonly string[]): Promise<number> {
  if (args.some((arg) => arg === '--help' || arg === '-h')) {
    console.log(USAGE);
    return 0;
  }
  const { settings, yes } = optionsOf(args);
  const deployment = readDeployment(settings);
  readDataFiles(join(ROOT, 'config'), deployment);
  for (const line of describeDeployment(deployment)) console.log(line);
  process.env['AWS_REGION'] = deployment.region;
  const { arn } = await callerIn(deployment.account, callerIdentity(stsClient()));
  console.log(`As ${arn}\n`);
  fetchNative();
  const { status, error } = spawnSync(join(ROOT, 'node_modules/.bin/cdk'), cdkArguments(deployment, yes), {
    cwd: ROOT,
    stdio: 'inherit',
  });
  if (error) throw error;
  if (status !== 0) throw new Error('The stack was not deployed; what the CDK says stands above.');
  console.log(`
What is left to do, with the outputs above:
  1. Write token and signing secret of the Slack app into the secret SlackSecretArn:
     aws secretsmanager put-secret-value --secret-id ARN --secret-string file://slack.json
     with {"botToken": "xoxb-…", "signingSecret": "…"} in slack.json, which you delete afterwards.
  2. Give Slack the address SlackUrl: npm run -s manifest -- --url ADDRESS
  3. Subscribe to the alarms at AlarmsTopicArn.`);
  return 0;
}

async function run(): Promise<void> {
  try {
    process.exitCode = await main(process.argv.slice(2));
  } catch (error) {
    process.exitCode = error instanceof WrongUsage ? 2 : 1;
    if (error instanceof WrongUsage) console.error(`${error.message}\n\n${USAGE}`);
    else if (error instanceof SettingsError) console.error(error.problems.join('\n'));
    else console.error(error instanceof Error ? error.message : String(error));
  }
}

void run();
