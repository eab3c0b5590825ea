import type { Args } from '../args';
import type { Context } from '../context';
import type { Json } from '../json';
import { Refusal } from '../refusal';
import type { Methods } from './method';

function viewOfType(args: Args, type: 'modal' | 'home'): Json {
  const view = args.object('view');
  if (view['type'] !== type) {
    const message = `[ERROR] must be a view of type ${type} [json-pointer:/view/type]`;
    throw new Refusal('invalid_arguments', { response_metadata: { messages: [message] } });
  }
  return view;
}

/** A trigger is spent by the view that opens; a view that is refused leaves it. */
function withTrigger(args: Args, { triggers, views }: Context, how: 'open' | 'push'): string {
  const trigger = args.required('trigger_id');
  const user = triggers.check(trigger);
  views[how](user, viewOfType(args, 'modal'));
  triggers.spend(trigger);
  return user;
}

function shownTo(user: string, { views }: Context): Json {
  const view = views.top(user);
  return view ? { view: views.shown(view) } : {};
}

function update(args: Args, { views }: Context): Json {
  const [id, externalId] = [args.text('view_id'), args.text('external_id')];
  const view = views.find({
    ...(id === undefined ? {} : { id }),
    ...(externalId === undefined ? {} : { externalId }),
  });
  return { view: views.shown(views.update(view, args.object('view'), args.text('hash'))) };
}

function publish(args: Args, { views, workspace }: Context): Json {
  const user = args.required('user_id');
  if (!workspace.users.has(user)) throw new Refusal('user_not_found');
  return { view: views.shown(views.publish(user, viewOfType(args, 'home'), args.text('hash'))) };
}

export const viewsMethods: Methods = {
  'views.open': {
    token: 'bot',
    run: (args, context) => shownTo(withTrigger(args, context, 'open'), context),
  },
  'views.push': {
    token: 'bot',
    run: (args, context) => shownTo(withTrigger(args, context, 'push'), context),
  },
  'views.update': { token: 'bot', run: update },
  'views.publish': { token: 'bot', run: publish },
};
