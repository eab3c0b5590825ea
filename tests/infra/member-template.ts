import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  App,
  type CfnResource,
  type IStackSynthesizer,
  LegacyStackSynthesizer,
  Stack,
  Validations,
} from 'aws-cdk-lib';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import { AwsSolutionsChecks } from 'cdk-nag';
import { isAlias, parseDocument, visit } from 'yaml';
import * as z from 'zod';

const oneOrMore = z.union([z.string().transform((one) => [one]), z.array(z.string())]);

const Statement = z.looseObject({
  Effect: z.enum(['Allow', 'Deny']),
  Action: oneOrMore.optional(),
  Principal: z.unknown().optional(),
  Resource: z.unknown().optional(),
  Condition: z.record(z.string(), z.unknown()).optional(),
});
/** One statement of a policy, its actions always a list. */
export type Statement = z.infer<typeof Statement>;

/** Statements that stand there on a condition count as if they always did. */
const Conditional = z
  .object({ 'Fn::If': z.tuple([z.string(), Statement, z.object({ Ref: z.literal('AWS::NoValue') })]) })
  .transform(({ 'Fn::If': [, statement] }) => statement);

const Policy = z.looseObject({
  Version: z.literal('2012-10-17'),
  Statement: z.array(z.union([Statement, Conditional])).min(1),
});

const Resource = z.looseObject({
  Type: z.string(),
  Condition: z.string().optional(),
  Metadata: z
    .object({
      cdk_nag: z.object({
        rules_to_suppress: z.array(z.object({ id: z.string(), reason: z.string().min(20) })),
      }),
    })
    .optional(),
  Properties: z.looseObject({
    AssumeRolePolicyDocument: Policy.optional(),
    Policies: z.array(z.object({ PolicyName: z.string(), PolicyDocument: Policy })).optional(),
    PolicyDocument: Policy.optional(),
  }),
});

const Parameter = z.looseObject({
  Type: z.string(),
  Description: z.string().optional(),
  Default: z.string().optional(),
  AllowedPattern: z.string().optional(),
});

const Template = z.looseObject({
  Parameters: z.record(z.string(), Parameter),
  Resources: z.record(z.string(), Resource),
  Outputs: z.record(z.string(), z.looseObject({ Value: z.unknown() })),
});
/** A template with its intrinsic functions written out (`{ Ref: … }`). */
export type Template = z.infer<typeof Template>;

export interface LoadedTemplate {
  readonly template: Template;
  /** What CloudFormation's own rules and schemas say against it. */
  readonly invalid: readonly string[];
  /** Findings of cdk-nag's AWS Solutions pack that the template does not explain. */
  readonly unexplained: readonly string[];
  /** Explanations of findings that there are none of. */
  readonly stale: readonly string[];
}

export function readMember(name: string): string {
  return readFileSync(join(__dirname, '../../infra/member', name), 'utf8');
}

const Report = z.object({
  pluginReports: z.array(
    z.object({
      violations: z.array(z.object({ ruleName: z.string(), description: z.string().optional() })),
    }),
  ),
});

/**
 * Loads a template as CloudFormation would.
 * @throws what CDK cannot even read: references to nothing, attributes that resources do not have
 */
export function loadTemplate(text: string): LoadedTemplate {
  const folder = mkdtempSync(join(tmpdir(), 'member-template-'));
  try {
    const templateFile = join(folder, 'template.yml');
    writeFileSync(templateFile, text);
    const outdir = join(folder, 'out');
    const app = new App({
      analyticsReporting: false,
      outdir,
      context: { '@aws-cdk/core:validateAgainstDefaultRules': true },
    });
    // Without a version to check in the account, as templates of one's own have none.
    const stack = new Stack(app, 'Member', {
      synthesizer: new LegacyStackSynthesizer() as IStackSynthesizer,
    });
    const included = new CfnInclude(stack, 'Template', { templateFile });
    const template = Template.parse(synthesised(app, stack, outdir));
    return { template, invalid: invalidIn(outdir), ...nagged(app, included, template) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The errors of the validation stand in its report as well as in what is thrown. */
function synthesised(app: App, stack: Stack, outdir: string): unknown {
  const printed = jest.spyOn(console, 'error').mockImplementation(() => undefined);
  try {
    app.synth();
  } catch (error) {
    if (!/validation/i.test(String(error))) throw error;
  } finally {
    printed.mockRestore();
  }
  return JSON.parse(readFileSync(join(outdir, `${stack.artifactId}.template.json`), 'utf8'));
}

function invalidIn(outdir: string): string[] {
  let text: string;
  try {
    text = readFileSync(join(outdir, 'validation-report.json'), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  return Report.parse(JSON.parse(text)).pluginReports.flatMap(({ violations }) =>
    violations.map(({ ruleName, description = '' }) => `${ruleName} ${description}`),
  );
}

/** Explanations stand in the template, where cdk-nag's second version looked for them; the third takes them from CDK. */
function nagged(
  app: App,
  included: CfnInclude,
  { Resources }: Template,
): Pick<LoadedTemplate, 'unexplained' | 'stale'> {
  const found = () =>
    new AwsSolutionsChecks(app)
      .validateScope(app)
      .violations.flatMap(({ ruleName, violatingResources }) =>
        violatingResources.map(({ constructPath }) => `${constructPath?.split('/').at(-1)}: ${ruleName}`),
      );
  const explained = Object.entries(Resources).flatMap(([id, { Metadata }]) =>
    (Metadata?.cdk_nag.rules_to_suppress ?? []).map((rule) => ({ ...rule, resource: id })),
  );
  const before = found();
  for (const { resource, id, reason } of explained) {
    const node: CfnResource = included.getResource(resource);
    Validations.of(node).acknowledge({ id, reason });
  }
  return {
    unexplained: found(),
    stale: explained.map(({ resource, id }) => `${resource}: ${id}`).filter((line) => !before.includes(line)),
  };
}

/** All statements of all policies, each with where it stands. */
export function statementsOf(
  { Resources }: Template,
  which: 'trust' | 'rights',
): readonly { readonly at: string; readonly statement: Statement }[] {
  return Object.entries(Resources).flatMap(([id, { Properties }]) => {
    const { AssumeRolePolicyDocument: trust, Policies = [], PolicyDocument } = Properties;
    const policies =
      which === 'trust' ? [trust] : [PolicyDocument, ...Policies.map(({ PolicyDocument: inline }) => inline)];
    return policies.flatMap((policy) =>
      (policy?.Statement ?? []).map((statement) => ({ at: id, statement })),
    );
  });
}

/** YAML that CloudFormation does not read: aliases. */
export function usesAliases(text: string): boolean {
  let found = false;
  visit(parseDocument(text), {
    Node: (_key, node) => {
      if (isAlias(node)) found = true;
    },
  });
  return found;
}
