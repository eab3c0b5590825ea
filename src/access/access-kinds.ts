/** Everything that `access.yml` rules on. What it does not name, nobody may. */
export const ACCESS_KINDS = [
  'look',
  'take',
  'report-fixed',
  'ask',
  'answer',
  'decide-control',
  'undo',
  'suppress',
  'suppress-by-design',
  'register-owner',
  'claim-account',
  'register-account',
  'request-account',
  'request-production-account',
] as const;

/** Of these, what is done on the spot: there is no change that could wait for an approval. */
export const ON_THE_SPOT: readonly string[] = ['look', 'undo'];
