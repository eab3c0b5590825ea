import * as z from 'zod';
import { principal } from '../accounts';
import type { Actor, Change } from './change';

const Person = z.object({ id: z.string(), name: z.string() });
const ReplyTo = z.object({ channel: z.string(), thread: z.string().optional() });

const Proposal = z.object({
  type: z.literal('propose'),
  id: z.string().min(1),
  kind: z.string(),
  actor: Person,
  target: z.string(),
  payload: z.unknown(),
  at: z.string(),
  replyTo: ReplyTo.optional(),
});
const Approve = z.object({
  type: z.literal('approve'),
  id: z.string(),
  actor: Person,
  /** `approvalHash` of what the person saw. */
  hash: z.string(),
  replyTo: ReplyTo.optional(),
});
const Deny = z.object({
  type: z.literal('deny'),
  id: z.string(),
  actor: Person,
  reason: z.string().trim().min(1).max(1000),
  replyTo: ReplyTo.optional(),
});
const Undo = z.object({
  type: z.literal('undo'),
  id: z.string(),
  actor: Person,
  replyTo: ReplyTo.optional(),
});
/** Goes on from where the record stands: after a crash, at a reminder's time, at an end. */
const Resume = z.object({ type: z.literal('resume'), id: z.string() });

/** Something that an applied change covered is covered by it no longer. */
const Lapse = z.object({
  type: z.literal('lapse'),
  id: z.string(),
  /** For the history: that it has changed, got worse, or been taken over by another change. */
  what: z.enum(['resource changed', 'worsened', 'superseded']),
  /** What it was, or which change has taken over: told once. */
  detail: z.string().min(1).max(200),
});

/** What the `changes` queue carries for the engine. */
export const ChangeCommand = z.discriminatedUnion('type', [Proposal, Approve, Deny, Undo, Lapse, Resume]);
export type ChangeCommand = z.infer<typeof ChangeCommand>;

/** One command of a type. */
export type CommandOf<T extends ChangeCommand['type']> = Extract<ChangeCommand, { type: T }>;

/** The person of a command; undefined when the id is none of Slack's. */
export function actorOf(actor: { id: string; name: string }): Actor | undefined {
  const id = principal(actor.id);
  return id && { id, name: actor.name };
}

/** As a change keeps it: without the thread where there is none. */
export function replyToOf(given: z.infer<typeof ReplyTo> | undefined): Pick<Change, 'replyTo'> {
  if (given === undefined) return {};
  const { channel, thread } = given;
  return { replyTo: { channel, ...(thread !== undefined && { thread }) } };
}
