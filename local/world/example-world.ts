import type { Catalogue } from '../../src/controls';
import type { AsffFinding } from '../aws';
import { LOCAL_REGION } from '../embedded/services';
import type { FindingFormat, World, WorldAct, WorldResource, WorldThreat } from '../page/api';
import { ImpossibleWorldAct, type LiveWorld, type WorldDeps } from '../page/live-world';
import { type Checked, type CheckResult, controlFinding, controlFindingId } from './control-finding';
import { dailyRefresh } from './daily-refresh';
import { BREAKING, EXAMPLE_ACCOUNTS, type ExampleAccount, type ExampleResource } from './example-accounts';
import type { Held } from './held';
import { importedEvent } from './imported-event';
import { neighbourChecks } from './neighbours';
import { newAccountChecks, newAccountId, newAccountName, newAccountsAmong } from './new-account-checks';
import { playPast } from './play-past';
import { ofWholeAccount, type StandingCheck, standingChecks } from './standing-checks';
import { threatCount, threatFinding, threatFindingId } from './threat-finding';
import { EXAMPLE_THREATS, type ExampleThreat } from './threats';

/**
 * The AWS to break. What is broken is what Security Hub holds: nothing is kept beside it. Whatever happens is reported
 * to Security Hub first, and its event is sent as Security Hub would send it.
 */
export function exampleWorld(deps: WorldDeps): LiveWorld {
  const { hub, send, now, catalogue } = deps;
  let format: FindingFormat = 'asff';
  let seeding = false;
  /** Between these two moments there is nothing to report once more. */
  let lookedAt = 0;
  let nextLookAt = 0;
  /** One act at a time: each looks at what the one before has left. */
  let before: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(act: () => Promise<T>): Promise<T> => {
    const mine = before.then(act);
    before = mine.catch(() => undefined);
    return mine;
  };

  const held = async (): Promise<Held> =>
    new Map((await hub.findings()).map((finding) => [finding.Id, finding]));

  /** Security Hub takes only what is newer than what it holds. */
  const timeFor = (ids: readonly string[], known: Held): Date =>
    new Date(
      Math.max(
        now().getTime(),
        ...ids.map((id) => Date.parse(known.get(id)?.UpdatedAt ?? '1970-01-01T00:00:00Z') + 1),
      ),
    );

  const report = async (findings: readonly AsffFinding[]): Promise<void> => {
    const at = now();
    const taken = await hub.reportFindings(findings);
    await send(taken.map((finding) => importedEvent(finding, format, at)));
  };

  const check = async (
    checks: readonly Checked[],
    result: Pick<CheckResult, 'status' | 'archived'>,
    known: Held,
  ): Promise<void> => {
    const at = timeFor(checks.map(controlFindingId), known);
    await report(
      checks.map((checked) => {
        const createdAt = known.get(controlFindingId(checked))?.CreatedAt ?? at.toISOString();
        return controlFinding(checked, { ...result, at, createdAt });
      }),
    );
  };

  const act = async ({
    account: id,
    resource: resourceId,
    act: wanted,
    control,
  }: WorldAct): Promise<void> => {
    const account = accountOf(id);
    const resource = account.resources.find((one) => one.id === resourceId);
    if (resource === undefined) throw new ImpossibleWorldAct(`There is no ${resourceId} in ${id}.`);
    if (control !== undefined && !resource.controls.includes(control)) {
      throw new ImpossibleWorldAct(`${control} does not check ${resource.name}.`);
    }
    const known = await held();
    const exists = isThere(account, resource, known, catalogue);
    const wantedAll = wanted === 'delete' || wanted === 'restore';
    const checks = checksOf(account, resource, catalogue).filter(
      (checked) => wantedAll || control === undefined || checked.control.id === control,
    );
    if (wanted === 'restore') {
      if (exists) throw new ImpossibleWorldAct(`${resource.name} is there already.`);
      await check(checks, { status: 'PASSED' }, known);
      // There is something to check again, so the account does not pass for having nothing.
      const empty = checks
        .map(ofWholeAccount)
        .filter((whole) => known.get(controlFindingId(whole))?.RecordState === 'ACTIVE');
      if (empty.length > 0) await check(empty, { status: 'NOT_AVAILABLE', archived: true }, known);
      return;
    }
    if (!exists) throw new ImpossibleWorldAct(`${resource.name} has been deleted: restore it first.`);
    if (wanted === 'delete') {
      if (resource.type === 'AwsAccount')
        throw new ImpossibleWorldAct('The account itself cannot be deleted.');
      return check(checks, { status: 'NOT_AVAILABLE', archived: true }, known);
    }
    return check(checks, { status: wanted === 'break' ? 'FAILED' : 'PASSED' }, known);
  };

  const threat: LiveWorld['threat'] = async ({ account: id, kind, act: wanted }) => {
    const account = accountOf(id);
    const known = await held();
    const example = EXAMPLE_THREATS.find((one) => one.kind === kind);
    if (example === undefined) throw new ImpossibleWorldAct(`There is no threat called ${kind}.`);
    const { place, live } = sightingOf(account, example, known);
    if (wanted !== 'see' && live === undefined) {
      throw new ImpossibleWorldAct('GuardDuty has not seen this yet, or it has been archived.');
    }
    const at = timeFor([threatFindingId(place)], known);
    const before = live === undefined ? undefined : threatCount(live);
    const more = wanted === 'archive' ? 0 : example.count.more;
    await report([
      threatFinding({
        ...place,
        count: before === undefined ? example.count.first : before + more,
        firstSeen: live?.CreatedAt ?? at.toISOString(),
        at,
        ...(wanted === 'archive' && { archived: true }),
      }),
    ]);
    return state();
  };

  const newAccount = async (): Promise<void> => {
    const known = await held();
    const id = newAccountId(newAccountsAmong(accountsIn(known)).length);
    // First: what fails in an account that nobody has registered is only observed.
    await deps.registerAccount(id, { name: newAccountName(id), kind: 'production', mode: 'enforce' });
    await check(newAccountChecks(id, catalogue), { status: 'FAILED' }, known);
  };

  const refresh = async (): Promise<void> => {
    const at = now();
    // A clock that was set back has another past before it.
    if (at.getTime() >= lookedAt && at.getTime() < nextLookAt) return;
    const known = await held();
    const { again, vacated, nextAt } = dailyRefresh(
      known,
      [
        ...standing(catalogue).map(({ checked }) => checked),
        ...deletable(catalogue).map(ofWholeAccount),
        ...newAccountsAmong(accountsIn(known)).flatMap((id) => newAccountChecks(id, catalogue)),
      ],
      deletable(catalogue),
      at,
    );
    const updated = at.toISOString();
    if (again.length > 0) {
      await report(again.map((finding) => ({ ...finding, UpdatedAt: updated, LastObservedAt: updated })));
    }
    if (vacated.length > 0) await check(vacated, { status: 'PASSED' }, known);
    [lookedAt, nextLookAt] = [at.getTime(), nextAt];
  };

  const state = async (): Promise<World> => {
    const known = await held();
    return {
      format,
      accounts: EXAMPLE_ACCOUNTS.map((account) => ({
        id: account.id,
        name: account.name,
        kind: account.kind,
        resources: account.resources.map((resource) => resourceState(account, resource, known, catalogue)),
        threats: EXAMPLE_THREATS.map((example) => threatState(account, example, known)),
      })),
      newAccounts: newAccountsAmong(accountsIn(known)),
      seeding,
    };
  };

  const world: LiveWorld = {
    state,
    act: (wanted) =>
      inTurn(async () => {
        await act(wanted);
        return state();
      }),
    threat: (wanted) => inTurn(() => threat(wanted)),
    newAccount: () =>
      inTurn(async () => {
        await newAccount();
        return state();
      }),
    async setFormat(wanted) {
      format = wanted;
      return state();
    },
    refresh: () => inTurn(refresh),
    async seed() {
      if (seeding) return;
      seeding = true;
      try {
        await playPast(deps, world, () => standing(catalogue));
      } finally {
        seeding = false;
      }
    },
  };
  return world;
}

function accountOf(id: string): ExampleAccount {
  const account = EXAMPLE_ACCOUNTS.find((one) => one.id === id);
  if (account === undefined) throw new ImpossibleWorldAct(`There is no example account ${id}.`);
  return account;
}

function accountsIn(known: Held): ReadonlySet<string> {
  return new Set([...known.values()].map((finding) => finding.AwsAccountId));
}

function checksOf(
  account: ExampleAccount,
  resource: ExampleResource,
  catalogue: Catalogue,
): readonly Checked[] {
  return resource.controls.flatMap((id) => {
    const control = catalogue.find(id);
    return control === undefined ? [] : [{ account: account.id, control, resource }];
  });
}

/** All that Security Hub has always checked in the example accounts, and what it says to it. */
function standing(catalogue: Catalogue): readonly StandingCheck[] {
  const breakable = EXAMPLE_ACCOUNTS.flatMap((account) => [
    ...account.resources
      .flatMap((resource) => checksOf(account, resource, catalogue))
      .map((checked) => ({ checked, status: 'PASSED' as const })),
    ...standingChecks(account.id, catalogue),
  ]);
  return [...breakable, ...neighbourChecks(catalogue)];
}

/** The checks of what can be deleted. */
function deletable(catalogue: Catalogue): readonly Checked[] {
  return EXAMPLE_ACCOUNTS.flatMap((account) =>
    account.resources
      .filter(({ type }) => type !== 'AwsAccount')
      .flatMap((resource) => checksOf(account, resource, catalogue)),
  );
}

/** It is gone when Security Hub has archived all that it held about it. */
function isThere(
  account: ExampleAccount,
  resource: ExampleResource,
  known: Held,
  catalogue: Catalogue,
): boolean {
  const findings = checksOf(account, resource, catalogue).flatMap(
    (checked) => known.get(controlFindingId(checked)) ?? [],
  );
  return findings.length === 0 || findings.some(({ RecordState: state }) => state !== 'ARCHIVED');
}

function resourceState(
  account: ExampleAccount,
  resource: ExampleResource,
  known: Held,
  catalogue: Catalogue,
): WorldResource {
  const { id, name, type, about } = resource;
  return {
    id,
    name,
    type,
    about,
    region: LOCAL_REGION,
    exists: isThere(account, resource, known, catalogue),
    controls: checksOf(account, resource, catalogue).map((checked) => {
      const { control } = checked;
      const finding = known.get(controlFindingId(checked));
      return {
        id: control.id,
        title: control.title,
        severity: control.severity,
        broken: finding?.RecordState === 'ACTIVE' && finding.Compliance?.Status === 'FAILED',
        breaking: BREAKING[control.id] ?? { ja: control.title, en: control.title },
      };
    }),
  };
}

/** Where a threat would be seen next, and the finding that still tells of it. */
function sightingOf(account: ExampleAccount, threat: ExampleThreat, known: Held) {
  const resource = account.resources.find(({ type }) => type === threat.on);
  if (resource === undefined)
    throw new ImpossibleWorldAct(`${account.name} has nothing of the type ${threat.on}.`);
  let generation = 0;
  for (;;) {
    const place = { account: account.id, threat, resource, generation };
    const finding = known.get(threatFindingId(place));
    if (finding?.RecordState !== 'ARCHIVED') return { place, live: finding };
    generation += 1;
  }
}

function threatState(account: ExampleAccount, threat: ExampleThreat, known: Held): WorldThreat {
  const { place, live } = sightingOf(account, threat, known);
  return {
    kind: threat.kind,
    title: threat.title(place.resource.name),
    about: threat.about,
    severity: 'HIGH',
    resource: place.resource.name,
    seen: live === undefined ? 0 : threatCount(live),
  };
}
