/** What is not in the narrowest reading of the characters that SQS takes; half of a character beyond U+FFFF, too. */
const NOT_TAKEN = /[^\t\n\r\x20-\uD7FF\uE000-\uFFFD]/g;

/**
 * A JSON text as the body of a message: characters that SQS refuses are written as `\u` escapes, which say the same.
 * A body that is no JSON stays as unreadable as it was.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
 */
export function messageBody(json: string): string {
  return json.replaceAll(NOT_TAKEN, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
