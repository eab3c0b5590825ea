/** An answer in the shape of an AWS error: the SDK's client throws it under the name `code`. */
export class AwsError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly status: number,
  ) {
    super(message);
    this.name = code;
  }
}

/** The caller sent a value that the operation does not take. */
export function invalidInput(message: string): AwsError {
  return new AwsError('InvalidInputException', message, 400);
}
