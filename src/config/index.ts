export { type Compiled, checkCompiled, compiledFile, parseCompiled, readCompiled } from './compiled';
export { ConfigError, type Problem } from './config-error';
export { listFiles } from './list-files';
export { nearest } from './nearest';
export { compileYaml, parseYaml } from './parse-yaml';
export type { Parsed, Path } from './parsed';
export { readText } from './read-text';
export { readJson, readYaml } from './read-yaml';
export { section } from './section';
