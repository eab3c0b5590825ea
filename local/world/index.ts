export { exampleWorld } from './example-world';
