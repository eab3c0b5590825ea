import type { STSClient } from '@aws-sdk/client-sts';
import { callerIdentity } from '../../src/aws';

function sts(...answers: readonly (object | Error)[]) {
  let calls = 0;
  const client = {
    async send() {
      const answer = answers[calls];
      calls += 1;
      if (answer instanceof Error) throw answer;
      return answer;
    },
  };
  return { identity: callerIdentity(client as unknown as STSClient), calls: () => calls };
}

const ME = { Account: '111122223333', Arn: 'arn:aws:sts::111122223333:assumed-role/Bot/1' };

it('asks once and remembers', async () => {
  const { identity, calls } = sts(ME);
  expect(await identity()).toEqual({ account: ME.Account, arn: ME.Arn });
  expect(await identity()).toEqual({ account: ME.Account, arn: ME.Arn });
  expect(calls()).toBe(1);
});

it('does not remember a try that failed, nor an answer without an identity', async () => {
  const { identity } = sts(new Error('away'), { Account: '111122223333' }, ME);
  await expect(identity()).rejects.toThrow('away');
  await expect(identity()).rejects.toThrow('without an identity');
  expect(await identity()).toMatchObject({ account: ME.Account });
});
