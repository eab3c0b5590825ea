import type { Workspace } from './workspace';

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

/**
 * What a command with `should_escape: true` receives: typed @names, @groups and #channels become entities,
 * and everything else is escaped. Entities of people and channels that exist are taken as picked from a list.
 */
export function commandText(typed: string, workspace: Workspace): string {
  const byName = new Map<string, string>();
  const entities = new Set<string>();
  for (const user of workspace.users.values()) {
    byName.set(`@${user.name}`, `<@${user.id}|${user.name}>`);
    entities.add(user.id);
  }
  for (const group of workspace.userGroups.values()) {
    byName.set(`@${group.handle}`, `<!subteam^${group.id}|@${group.handle}>`);
    entities.add(group.id);
  }
  for (const channel of workspace.channels.values()) {
    if (channel.kind === 'im') continue;
    byName.set(`#${channel.name}`, `<#${channel.id}|${channel.name}>`);
    entities.add(channel.id);
  }
  const pieces = typed.split(/(<(?:@|#|!subteam\^)[A-Z0-9]+(?:\|[^<>]*)?>|[@#][\w.-]+)/);
  return pieces
    .map((piece) => {
      const picked = /^<(?:@|#|!subteam\^)([A-Z0-9]+)/.exec(piece)?.[1];
      if (picked !== undefined && entities.has(picked)) return piece;
      return byName.get(piece) ?? escaped(piece);
    })
    .join('');
}
