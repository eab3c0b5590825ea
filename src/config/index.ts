export { ConfigError, type Problem } from './config-error';
export { listFiles } from './list-files';
export { nearest } from './nearest';
export { type Parsed, type Path, parseYaml } from './parse-yaml';
export { readJson, readText, readYaml } from './read-yaml';
export { section } from './section';
