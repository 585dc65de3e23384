/** World units: a cell of a crowd and the gap to the next. */
export const CELL = 8;
export const PITCH = 10;
export const CROWD_PADDING = 8;
/** Room for the line that says how many of what they are. */
export const CAPTION = 18;

/**
 * Siblings that run the same and are too many to be told apart: one cell each. A process keeps its cell while it is
 * there, and a new one takes the first that is free, so that the picture stands still while processes come and go.
 */
export class Crowd {
  readonly label: string;
  /** Pid per cell; 0: free. */
  readonly cells: number[] = [];
  readonly #cellOf = new Map<number, number>();
  #columns = 1;

  constructor(label: string) {
    this.label = label;
  }

  get count(): number {
    return this.#cellOf.size;
  }

  get columns(): number {
    return this.#columns;
  }

  get rows(): number {
    return Math.ceil(this.cells.length / this.#columns);
  }

  get width(): number {
    return this.#columns * PITCH - (PITCH - CELL) + 2 * CROWD_PADDING;
  }

  get height(): number {
    return this.rows * PITCH - (PITCH - CELL) + 2 * CROWD_PADDING + CAPTION;
  }

  /** The cell of a process, from 0; undefined: it is no member. */
  cellOf(pid: number): number | undefined {
    return this.#cellOf.get(pid);
  }

  /** Where the middle of a cell is, from the crowd's upper left corner. */
  cellAt(cell: number): { x: number; y: number } {
    return {
      x: CROWD_PADDING + (cell % this.#columns) * PITCH + CELL / 2,
      y: CROWD_PADDING + CAPTION + Math.floor(cell / this.#columns) * PITCH + CELL / 2,
    };
  }

  /** The process at a point of the crowd; undefined: none. */
  pidAt(x: number, y: number): number | undefined {
    const column = Math.floor((x - CROWD_PADDING) / PITCH);
    const row = Math.floor((y - CROWD_PADDING - CAPTION) / PITCH);
    if (column < 0 || column >= this.#columns || row < 0) return undefined;
    return this.cells[row * this.#columns + column] || undefined;
  }

  /** @param pids all members from now on */
  setMembers(pids: readonly number[]): void {
    const wanted = new Set(pids);
    for (const [pid, cell] of this.#cellOf) {
      if (wanted.has(pid)) continue;
      this.#cellOf.delete(pid);
      this.cells[cell] = 0;
    }
    let free = 0;
    for (const pid of pids) {
      if (this.#cellOf.has(pid)) continue;
      while (free < this.cells.length && this.cells[free] !== 0) free++;
      this.cells[free] = pid;
      this.#cellOf.set(pid, free);
    }
    while (this.cells.length > 0 && this.cells.at(-1) === 0) this.cells.pop();
    this.#fitColumns();
  }

  /** A little wider than high; changes its shape only when it must, because that moves every cell. */
  #fitColumns(): void {
    const best = Math.max(1, Math.ceil(Math.sqrt(this.cells.length * 1.9)));
    if (best > this.#columns || best < this.#columns / 2) this.#columns = Math.ceil(best / 4) * 4;
  }
}
