import type { AssumeRoleCommandInput } from '@aws-sdk/client-sts';
import type { Principal } from '../accounts';

/** What a session in a member account is opened for: one change of one person. */
export interface SessionPurpose {
  /** Who has it done. */
  readonly person: Principal;
  /** The change's id. */
  readonly change: string;
  /** The change's kind. */
  readonly action: string;
  readonly askedBy: Principal;
  readonly approvedBy: readonly Principal[];
}

/** How a session names itself, as AssumeRole takes it and as the account's CloudTrail shows it. */
export type SessionIdentity = Pick<
  AssumeRoleCommandInput,
  'RoleSessionName' | 'SourceIdentity' | 'Tags' | 'TransitiveTagKeys'
>;

/** Whose name it is where the bot looks for itself; the role's template lets it in beside people. */
const BOT_NAME = 'secops-bot';

// What STS takes: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html and API_Tag.html beside it.
const NOT_IN_NAMES = /[^A-Za-z0-9_+=,.@-]/g;
const NAME = { min: 2, max: 64 } as const;
const NOT_IN_TAGS = /[^\p{L}\p{Z}\p{N}_.:/=+\-@]/gu;
const TAG_VALUE_MAX = 256;

/** As it is, where STS takes that; what it does not take becomes a hyphen. */
function sessionName(change: string): string {
  const name = change.replaceAll(NOT_IN_NAMES, '-');
  return (name.length < NAME.min ? `change-${name}` : name).slice(0, NAME.max);
}

function tagValue(text: string): string {
  let value = '';
  // Whole characters: STS counts them as Java does, in UTF-16 units.
  for (const character of text.replaceAll(NOT_IN_TAGS, '-')) {
    if (value.length + character.length > TAG_VALUE_MAX) break;
    value += character;
  }
  return value;
}

/** As many of them as a tag holds, none cut in two. */
function tagPeople(people: readonly Principal[]): string {
  return people.reduce((listed, person) => {
    const longer = listed === '' ? person : `${listed} ${person}`;
    return longer.length > TAG_VALUE_MAX ? listed : longer;
  }, '');
}

/** A session for a change: named after it, in the person's name, and tagged with who wanted it. */
export function changeIdentity({
  person,
  change,
  action,
  askedBy,
  approvedBy,
}: SessionPurpose): SessionIdentity {
  const approvers = tagPeople(approvedBy);
  const Tags = [
    { Key: 'secops-bot:change', Value: tagValue(change) },
    { Key: 'secops-bot:action', Value: tagValue(action) },
    { Key: 'secops-bot:asked-by', Value: askedBy },
    ...(approvers === '' ? [] : [{ Key: 'secops-bot:approved-by', Value: approvers }]),
  ];
  return {
    RoleSessionName: sessionName(change),
    SourceIdentity: `slack-${person}`,
    Tags,
    // They stay when the session assumes another role.
    TransitiveTagKeys: Tags.map(({ Key }) => Key),
  };
}

/**
 * A session that no change stands behind.
 * @param name of somebody at the terminal, as AWS knows them; the bot's own where it is left out
 */
export function ownIdentity(name: string = BOT_NAME): SessionIdentity {
  return { RoleSessionName: name, SourceIdentity: name };
}
