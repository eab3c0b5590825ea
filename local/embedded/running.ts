/** A server that listens. */
export interface Running<T> {
  readonly endpoint: T;
  /** Finishes open requests and stops. */
  close(): Promise<void>;
}
