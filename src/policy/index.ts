export { ANY_ACCOUNT, type Explanation, explain } from './explain';
export { loadPolicy, type PolicyFile, type PolicyLine, parsePolicy } from './parse-policy';
export * from './treatment';
