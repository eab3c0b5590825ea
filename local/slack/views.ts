import { refuseBadView } from './check-refusals';
import { stateValues } from './elements';
import type { Journal } from './journal';
import { isJson, type Json, jsonList } from './json';
import { Refusal } from './refusal';
import type { Workspace } from './workspace';

/** A modal or App Home that is open before somebody's eyes. */
export interface OpenView {
  id: string;
  user: string;
  given: Json;
  blocks: Json[];
  values: Json;
  hash: string;
  rootId: string;
  previousId: string | null;
  /** What the app or the client complained about, by block_id. */
  errors: Record<string, string>;
}

const DEEPEST_STACK = 3;

/** Who sees which modals (a stack of at most three) and which App Home. */
export class Views {
  private readonly stacks = new Map<string, OpenView[]>();
  private readonly homes = new Map<string, OpenView>();

  constructor(
    private readonly workspace: Workspace,
    private readonly journal: Journal,
  ) {}

  stack(user: string): OpenView[] {
    return this.stacks.get(user) ?? [];
  }

  top(user: string): OpenView | undefined {
    return this.stack(user).at(-1);
  }

  home(user: string): OpenView | undefined {
    return this.homes.get(user);
  }

  /** Opens a modal on its own; what was open before is gone. */
  open(user: string, given: Json): OpenView {
    refuseBadView(given, this.workspace.files);
    this.refuseTakenExternalId(given, undefined);
    const view = this.create(user, given, undefined);
    this.stacks.set(user, [view]);
    this.tell('modal.opened', view);
    return view;
  }

  push(user: string, given: Json): OpenView {
    const stack = this.stack(user);
    if (stack.length >= DEEPEST_STACK) throw new Refusal('push_limit_reached');
    refuseBadView(given, this.workspace.files);
    this.refuseTakenExternalId(given, undefined);
    const view = this.create(user, given, stack.at(-1));
    this.stacks.set(user, [...stack, view]);
    this.tell('modal.opened', view);
    return view;
  }

  update(view: OpenView, given: Json, hash?: string): OpenView {
    refuseBadView(given, this.workspace.files);
    if (given['type'] !== view.given['type']) throw new Refusal('invalid_arguments');
    this.refuseTakenExternalId(given, view);
    if (hash !== undefined && hash !== view.hash) throw new Refusal('hash_conflict');
    view.given = given;
    view.blocks = this.workspace.placed(jsonList(given['blocks']));
    view.values = stateValues(view.blocks, view.values);
    view.hash = this.newHash();
    view.errors = {};
    this.tell(given['type'] === 'home' ? 'home.published' : 'modal.updated', view);
    return view;
  }

  publish(user: string, given: Json, hash?: string): OpenView {
    const existing = this.homes.get(user);
    if (existing) return this.update(existing, given, hash);
    refuseBadView(given, this.workspace.files);
    const view = this.create(user, given, undefined);
    this.homes.set(user, view);
    this.tell('home.published', view);
    return view;
  }

  find(by: { id?: string; externalId?: string }): OpenView {
    const all = [...[...this.stacks.values()].flat(), ...this.homes.values()];
    const found = all.find((view) =>
      by.id === undefined
        ? by.externalId !== undefined && view.given['external_id'] === by.externalId
        : view.id === by.id,
    );
    if (!found) throw new Refusal('not_found');
    return found;
  }

  /** Takes the topmost modal away; the one beneath is seen again. */
  closeTop(user: string): void {
    const closed = this.top(user);
    this.stacks.set(user, this.stack(user).slice(0, -1));
    if (closed) this.tell('modal.closed', closed);
  }

  clear(user: string): void {
    for (const view of [...this.stack(user)].reverse()) this.tell('modal.closed', view);
    this.stacks.delete(user);
  }

  complain(view: OpenView, errors: Record<string, string>): void {
    view.errors = errors;
  }

  fill(view: OpenView, blockId: string, actionId: string, state: Json): void {
    const block = view.values[blockId];
    view.values = { ...view.values, [blockId]: { ...(isJson(block) ? block : {}), [actionId]: state } };
  }

  /** A view as Slack returns it and sends it to the app. */
  shown(view: OpenView): Json {
    const { about } = this.workspace;
    return {
      private_metadata: '',
      callback_id: '',
      external_id: '',
      close: null,
      submit: null,
      clear_on_close: false,
      notify_on_close: false,
      ...view.given,
      id: view.id,
      team_id: about.teamId,
      app_id: about.appId,
      app_installed_team_id: about.teamId,
      bot_id: about.botId,
      blocks: view.blocks,
      state: { values: view.values },
      hash: view.hash,
      root_view_id: view.rootId,
      previous_view_id: view.previousId,
    };
  }

  private create(user: string, given: Json, below: OpenView | undefined): OpenView {
    const id = this.newId();
    const blocks = this.workspace.placed(jsonList(given['blocks']));
    return {
      id,
      user,
      given,
      blocks,
      values: stateValues(blocks),
      hash: this.newHash(),
      rootId: below?.rootId ?? id,
      previousId: below?.id ?? null,
      errors: {},
    };
  }

  /** Unique over restarts too: the app remembers which views it has already answered. */
  private newId(): string {
    const micros = Number(this.workspace.timestamps.next().replace('.', ''));
    return `V${micros.toString(36).toUpperCase()}`;
  }

  private newHash(): string {
    return this.workspace.timestamps.next();
  }

  private refuseTakenExternalId(given: Json, own: OpenView | undefined): void {
    const externalId = given['external_id'];
    if (typeof externalId !== 'string' || externalId === '') return;
    const taken = [...this.stacks.values()]
      .flat()
      .some((view) => view !== own && view.given['external_id'] === externalId);
    if (taken) throw new Refusal('duplicate_external_ref');
  }

  private tell(
    type: 'modal.opened' | 'modal.updated' | 'modal.closed' | 'home.published',
    view: OpenView,
  ): void {
    this.journal.record({ type, user: view.user, shown: this.shown(view) });
  }
}
