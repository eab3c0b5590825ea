/** A list that forgets its oldest entries beyond a size. */
export class Ring<T> {
  private entries: T[] = [];

  constructor(private readonly size: number) {}

  add(entry: T): void {
    this.entries.push(entry);
    // Trimming in halves keeps adding cheap.
    if (this.entries.length >= this.size * 2) this.entries = this.entries.slice(-this.size);
  }

  all(): T[] {
    return this.entries.slice(-this.size);
  }

  clear(): void {
    this.entries = [];
  }
}
