import type { Queues } from '../queues';
import { type Known, queueRedecide } from '../requests';

const PARALLEL = 8;

/** Has the issues of a control decided anew, in every account that has ever had one. */
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
          await queueRedecide(account, because, queues, control);
        }
      }),
    );
  }
}
