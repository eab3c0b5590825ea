import { Annotations, App, type AppProps, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { STACK_NAME } from './resources';
import { SecopsStack } from './secops-stack';

/** Where the code lies that the functions are made of. */
export interface BuiltCode {
  readonly handlers: string;
  readonly pictures: string;
  /** False where what draws pictures on Lambda's processor is not among them. */
  readonly complete: boolean;
}

/**
 * The CDK app. Its synthesis fails when a resource breaks a rule of cdk-nag's AWS Solutions pack and nobody has
 * acknowledged it with a reason.
 */
export function secopsApp(code: BuiltCode, props?: AppProps): App {
  const app = new App(props);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app, { verbose: true }));
  const stack = new SecopsStack(app, STACK_NAME, {
    description: 'secops-bot: AWS security findings as requests in Slack',
    terminationProtection: true,
    code,
  });
  if (!code.complete) {
    Annotations.of(stack).addWarningV2(
      'secops-bot:pictures',
      "The functions could draw no pictures: what does that on Lambda's processor is not here. `npm run deploy` fetches it.",
    );
  }
  return app;
}
