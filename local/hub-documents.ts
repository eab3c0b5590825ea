import { type AsffFinding, asffFinding } from './aws';

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    // What is no JSON holds no finding; the bot's own door says so to whoever sent it.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/**
 * The ASFF documents in a message body, whatever it is wrapped in. Security Hub CSPM, which the stand-in plays, holds no
 * others: a finding in OCSF or GuardDuty's own format is not looked for, and what is held of the same thing stays.
 */
function documentsIn(value: unknown): AsffFinding[] {
  if (Array.isArray(value)) return value.flatMap(documentsIn);
  if (!isRecord(value)) return [];
  if (typeof value['Message'] === 'string') return documentsIn(parse(value['Message']));
  if (isRecord(value['detail'])) return documentsIn(value['detail']['findings']);
  if (Array.isArray(value['Findings'])) return documentsIn(value['Findings']);
  // What is no finding to Security Hub was never held by it; the bot's own door refuses it as well.
  const finding = asffFinding.safeParse(value);
  return finding.success ? [finding.data] : [];
}

const keyOf = (document: AsffFinding) => `${document.ProductArn}|${document.Id}`;

/**
 * What the Security Hub stand-in should hold when this body is sent as an event. A workflow and a note that somebody
 * has set there already stay, as they do in AWS when a provider updates its finding; older documents are left out.
 * @param held what it holds now
 */
export function hubDocuments(body: string, held: readonly AsffFinding[]): readonly AsffFinding[] {
  const before = new Map(held.map((document) => [keyOf(document), document]));
  return documentsIn(parse(body)).flatMap((document) => {
    const known = before.get(keyOf(document));
    if (known === undefined) return [document];
    if (document.UpdatedAt < known.UpdatedAt) return [];
    const { Workflow: workflow, Note: note } = known;
    const suppressed = isRecord(workflow) && workflow['Status'] === 'SUPPRESSED';
    return [
      {
        ...document,
        ...(suppressed && { Workflow: workflow }),
        ...(isRecord(note) && { Note: note }),
      },
    ];
  });
}
