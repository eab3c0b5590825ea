/**
 * The colours of all pictures. Texts on their ground have a contrast of at least 4.5 : 1 (WCAG AA); what a colour says
 * is said by a shape or a sign too, for who does not tell the colours apart.
 */
export const PALETTE = {
  card: '#ffffff',
  cardEdge: '#d5deea',
  ink: '#14213d',
  quiet: '#51607a',
  line: '#1a5fb4',
  grid: '#e3e9f2',
  base: '#aebbcf',
  track: '#eef2f8',
  fill: '#d3e3f8',
  goldFill: '#ffe9a8',
  gold: '#f2b705',
  goldEdge: '#9a6a00',
  silver: '#cbd5e1',
  bronze: '#e8b48a',
  night: '#101d42',
  dusk: '#1d4e79',
  onNight: '#ffffff',
  quietOnNight: '#d6e4f5',
  goldOnNight: '#ffd75e',
} as const;
