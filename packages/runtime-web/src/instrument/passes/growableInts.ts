/** A growable array of 32-bit integers that is reused from function to function. */
export class GrowableInts {
  values = new Int32Array(256);
  length = 0;

  push(value: number): void {
    if (this.length === this.values.length) this.ensure(this.length + 1);
    this.values[this.length++] = value;
  }

  /** Makes indices below `size` usable; contents beyond what was written are unspecified. */
  ensure(size: number): void {
    if (size <= this.values.length) return;
    const values = new Int32Array(Math.max(size, this.values.length * 2));
    values.set(this.values);
    this.values = values;
  }

  at(index: number): number {
    return this.values[index] as number;
  }
}
