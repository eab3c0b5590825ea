/** What the page's server answers instead of doing what was asked; the message says why. */
export class PageRefusal extends Error {
  override readonly name = 'PageRefusal';
  /** @param status of HTTP */
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}
