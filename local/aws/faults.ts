import * as z from 'zod';

const when = z.union([
  z.strictObject({ next: z.number().int().positive() }),
  z.strictObject({ every: z.number().int().positive() }),
  z.literal('always'),
]);

const target = { operation: z.string().min(1), when };

/**
 * What can be made to go wrong. `operation` is an operation's name or `*`; `when` is the next n calls, every nth,
 * or always. `expired` are the caller's credentials; `lost` means done, but the answer never arrives.
 */
export const fault = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('throttle'), ...target }),
  z.strictObject({ kind: z.literal('error'), ...target }),
  z.strictObject({ kind: z.literal('denied'), ...target }),
  z.strictObject({ kind: z.literal('expired'), ...target }),
  z.strictObject({ kind: z.literal('lost'), ...target }),
  z.strictObject({ kind: z.literal('slow'), ...target, ms: z.number().int().positive() }),
  z.strictObject({
    kind: z.literal('unprocessed'),
    operation: z.literal('BatchUpdateFindings'),
    when,
    code: z.enum([
      'ConcurrentUpdateError',
      'FindingNotFound',
      'FindingSizeExceeded',
      'InternalFailure',
      'InvalidInput',
    ]),
    /** Finding ids; all of the call's when left out. */
    ids: z.array(z.string()).min(1).optional(),
  }),
]);

export type Fault = z.infer<typeof fault>;

/** The faults that are set, and how many calls each has seen. */
export class Faults {
  private set: { fault: Fault; seen: number }[] = [];

  add(fault: Fault): void {
    this.set.push({ fault, seen: 0 });
  }

  list(): readonly Fault[] {
    return this.set.map((entry) => entry.fault);
  }

  clear(): void {
    this.set = [];
  }

  /** The faults that this call meets; counts the call. Faults for the next n calls go when they are used up. */
  meet(operation: string): readonly Fault[] {
    const met: Fault[] = [];
    for (const entry of this.set) {
      if (entry.fault.operation !== '*' && entry.fault.operation !== operation) continue;
      entry.seen += 1;
      const { when: at } = entry.fault;
      if (at === 'always' || 'next' in at || entry.seen % at.every === 0) met.push(entry.fault);
    }
    this.set = this.set.filter(
      ({ fault: { when: at }, seen }) => at === 'always' || !('next' in at) || seen < at.next,
    );
    return met;
  }
}
