import * as z from 'zod';

/** A group of keys in a data file: a key that is not listed is refused, and the message lists those that are. */
export function section<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  return z.strictObject(shape, {
    // Only the list: the sentence around it is made where the position is known.
    error: (issue) => (issue.code === 'unrecognized_keys' ? Object.keys(shape).join(', ') : undefined),
  });
}
