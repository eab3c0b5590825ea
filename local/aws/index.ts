export { type AwsControl, awsControl, type Call, type ConsoleUpdate } from './control';
export type { Fault } from './faults';
export { type AsffFinding, asffFinding, type FindingIdentifier, importedFinding } from './finding';
export { type AwsStandIn, type AwsStandInSettings, startAwsStandIn } from './stand-in';
export type { Role } from './sts';
