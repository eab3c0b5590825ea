/** What members are called once they send their findings. */
const MEMBER = ['Enabled', 'Associated'];
/** What accounts are called that have left, and can be named as members again. */
const LEFT = ['Removed', 'Resigned', 'Deleted'];

export function isMember(status: string | undefined): boolean {
  return status !== undefined && MEMBER.includes(status);
}

/** True where the administrator has still to name the account as a member. */
export function isUnnamed(status: string | undefined): boolean {
  return status === undefined || LEFT.includes(status);
}
