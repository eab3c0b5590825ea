import type { AccountId } from '../accounts';
import type { Queues } from '../queues';
import type { Known } from '../requests';
import { derivedId } from '../store';

const PARALLEL = 8;

/**
 * Has the issues of one account and control decided anew.
 * @param because tells one reason from another: the same one twice is one job
 */
export async function queueRedecide(
  account: AccountId,
  control: string,
  because: string,
  queues: Queues,
): Promise<void> {
  const subject = control.toLowerCase();
  await queues.change({
    id: derivedId('redecide', account, subject, because),
    version: 0,
    group: account,
    body: { job: 'redecide', account, control: subject },
  });
}

/** The same for every account that has ever had an issue of the control. */
export async function redecideControl(
  control: string,
  because: string,
  { known, queues }: { readonly known: Known; readonly queues: Queues },
): Promise<void> {
  const subject = control.toLowerCase();
  const accounts = await known.accounts();
  for (let from = 0; from < accounts.length; from += PARALLEL) {
    await Promise.all(
      accounts.slice(from, from + PARALLEL).map(async ({ account }) => {
        const requests = await known.requestsOf(account);
        if (requests.some((request) => request.subject === subject)) {
          await queueRedecide(account, control, because, queues);
        }
      }),
    );
  }
}
