import { join } from 'node:path';
import { loadCatalogue, nearControls } from '../../src/controls';

const catalogue = loadCatalogue(join(__dirname, '..', '..', 'config'));

it('suggests at most five ids that look alike, the likeliest first', () => {
  const near = nearControls(catalogue, 'EC2.119').map(({ id }) => id);
  expect(near[0]).toBe('EC2.19');
  expect(near).toHaveLength(5);
});

it('suggests nothing for something else entirely', () => {
  expect(nearControls(catalogue, 'Recon:EC2/PortProbeUnprotectedPort')).toEqual([]);
});
