import { AwsRefused, NoMemberRole } from '../aws';

/**
 * Why AWS did not do something.
 * @param length briefly: without its message, which names the caller, so that the same reads the same in many accounts
 */
export function why(error: unknown, length: 'briefly' | 'fully' = 'fully'): string {
  if (error instanceof NoMemberRole) return `the role ${error.message} cannot be assumed`;
  if (error instanceof AwsRefused) {
    // Credentials that are good elsewhere mean nothing in a Region that the account has not opted into.
    if (error.code === 'UnrecognizedClientException') return 'the account has not enabled this Region';
    const said = length === 'fully' && error.cause instanceof Error ? `: ${error.cause.message}` : '';
    return `AWS refuses: ${error.code}${said}`;
  }
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
