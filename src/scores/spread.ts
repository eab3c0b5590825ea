/** How many accounts have each value: as large for five accounts as for five thousand. */
export class Spread {
  readonly #accounts: Uint32Array;
  #size = 0;

  /** @param most the highest value; the lowest is 0 */
  constructor(most = 100) {
    this.#accounts = new Uint32Array(most + 1);
  }

  add(value: number | undefined): void {
    if (value === undefined) return;
    this.#accounts[value] = (this.#accounts[value] ?? 0) + 1;
    this.#size += 1;
  }

  get size(): number {
    return this.#size;
  }

  /** How many have more than this. */
  above(value: number): number {
    return this.#accounts.subarray(value + 1).reduce((sum, accounts) => sum + accounts, 0);
  }

  /** To a whole number, halves up; undefined where there is nothing. */
  get median(): number | undefined {
    if (this.#size === 0) return undefined;
    const at = (rank: number): number => {
      let below = 0;
      return this.#accounts.findIndex((accounts) => {
        below += accounts;
        return below > rank;
      });
    };
    return Math.round((at(Math.floor((this.#size - 1) / 2)) + at(Math.floor(this.#size / 2))) / 2);
  }
}
