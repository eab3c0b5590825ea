export { type AnsweredPolicy, type PolicyAnswer, withAnswers } from './answer';
export { answerLine } from './answer-line';
export { ANY_ACCOUNT, type Explanation, explain } from './explain';
export { loadPolicy, parsePolicy } from './parse-policy';
export * from './policy-file';
export * from './policy-source';
export * from './preview';
export * from './treatment';
