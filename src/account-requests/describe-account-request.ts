import type { Change, DescribeChange, Fact } from '../changes';
import type { Language } from '../playbooks';
import type { AccountForm } from './account-form';
import { AccountWish, RegisterPayload } from './account-wish';

type Described = Pick<Fact, 'label' | 'kind'> & { readonly value: string | undefined };

function given(facts: readonly Described[]): readonly Fact[] {
  return facts.flatMap(({ value, ...fact }) => (value === undefined ? [] : [{ ...fact, value }]));
}

/**
 * What a new account is to be.
 * @param language of the titles of the deployment's own fields
 */
export function describeRequestAccount(form: AccountForm, language: Language): DescribeChange {
  return async (change: Change) => {
    const wish = AccountWish.parse(change.payload);
    const { newChannel, fields } = wish;
    return [
      ...given([
        { label: 'name', value: wish.name, kind: 'text' },
        { label: 'kind', value: wish.kind, kind: 'word' },
        { label: 'purpose', value: wish.purpose, kind: 'text' },
        { label: 'owner', value: wish.owner, kind: 'person' },
        { label: 'deputy', value: wish.deputy, kind: 'person' },
        { label: 'project', value: wish.project, kind: 'text' },
        { label: 'mail', value: wish.mail, kind: 'code' },
        { label: 'channel', value: wish.channel, kind: 'channel' },
        { label: 'channel', value: newChannel && `#${newChannel}`, kind: 'text' },
        { label: 'cost', value: wish.cost, kind: 'text' },
      ]),
      ...Object.entries(fields).map(([id, value]): Fact => {
        const title = form.fields.find((field) => field.id === id)?.label[language] ?? id;
        return { label: 'field', title, value, kind: 'text' };
      }),
    ];
  };
}

/** What an account is to be registered as. */
export const describeRegisterAccount: DescribeChange = async (change) => {
  const payload = RegisterPayload.parse(change.payload);
  return given([
    { label: 'name', value: payload.name, kind: 'text' },
    { label: 'kind', value: payload.kind, kind: 'word' },
    { label: 'owner', value: payload.owner, kind: 'person' },
    { label: 'deputy', value: payload.deputy, kind: 'person' },
    { label: 'project', value: payload.project, kind: 'text' },
    { label: 'mail', value: payload.mail, kind: 'code' },
    { label: 'channel', value: payload.channel, kind: 'channel' },
    { label: 'note', value: payload.unchecked, kind: 'text' },
  ]);
};
