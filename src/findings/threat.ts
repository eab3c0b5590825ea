/** Who or what acted, and from where. All of it is untrusted text, cut and cleaned at the door. */
export interface ThreatActor {
  /** User, role or access key that was used. */
  readonly principal?: string;
  readonly ip?: string;
  readonly city?: string;
  readonly country?: string;
  /** Owner of the network that the address belongs to, e.g. the provider's name. */
  readonly network?: string;
}

/** What GuardDuty says about a threat beyond its title: what happened, who did it, how often, since when. */
export interface Threat {
  /** `NETWORK_CONNECTION`, `AWS_API_CALL`, `DNS_REQUEST`, `PORT_PROBE`, `KUBERNETES_API_CALL`, `RDS_LOGIN_ATTEMPT` … */
  readonly action?: string;
  /** The API that was called, the domain that was asked for, the port, the process: what the action was about. */
  readonly about?: string;
  readonly actor?: ThreatActor;
  /** How often GuardDuty has seen it; grows while it goes on. */
  readonly count?: number;
  readonly firstSeen?: string;
  readonly lastSeen?: string;
  /** One of GuardDuty's own sample findings. */
  readonly sample?: true;
}
