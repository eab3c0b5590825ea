import { nearest } from '../../src/config';

it.each([
  ['trak', ['track', 'notify'], ['track']],
  ['TRACK', ['track', 'notify'], ['track']],
  ['widht', ['width', 'height'], ['width']],
  ['elephant', ['track', 'notify'], []],
  ['x', ['y'], []],
])('finds for %s among %j: %j', (word, candidates, expected) => {
  expect(nearest(word, candidates)).toEqual(expected);
});

it('puts the likeliest first and keeps to the limit', () => {
  expect(nearest('EC2.19', ['EC2.18', 'EC2.19', 'S3.19', 'EC2.21'], 2)).toEqual(['EC2.19', 'EC2.18']);
});
