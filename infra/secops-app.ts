import { App, type AppProps, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { SecopsStack } from './secops-stack';

/**
 * The CDK app. Its synthesis fails when a resource breaks a rule of cdk-nag's AWS Solutions pack and nobody has
 * acknowledged it with a reason.
 */
export function secopsApp(props?: AppProps): App {
  const app = new App(props);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app, { verbose: true }));
  new SecopsStack(app, 'SecopsBot', {
    description: 'secops-bot: AWS security findings as requests in Slack',
    terminationProtection: true,
  });
  return app;
}
