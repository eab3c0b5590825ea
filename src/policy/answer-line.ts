import type { PolicyAnswer } from './answer';

/** The line of `policy.yml` that says the same as an answer; ids there are lower-case words joined by hyphens. */
export function answerLine({
  control,
  treatment,
}: Pick<PolicyAnswer, 'treatment'> & { control: string }): string {
  const id = control
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  const name = /^[A-Za-z][\w.-]*$/.test(control) ? control : JSON.stringify(control);
  return `- { id: ${id || 'new-control'}, when: { control: ${name} }, uncatalogued: true, treatment: ${treatment} }`;
}
