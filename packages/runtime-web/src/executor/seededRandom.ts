/**
 * The random bytes of one process of a deterministic run: xoshiro128** (Blackman and Vigna), its state filled by splitmix32.
 * They depend on the seed and the pid only, so that a process keeps its numbers when others run in another order.
 * @param seed a whole number
 */
export function createSeededRandom(seed: number, pid: number): (into: Uint8Array) => void {
  const mixer = createMixer();
  mixer.absorb(seed >>> 0);
  mixer.absorb(Math.floor(seed / 2 ** 32) >>> 0);
  mixer.absorb(pid >>> 0);
  const state = Uint32Array.of(mixer.next(), mixer.next(), mixer.next(), mixer.next() | 1);
  return (into) => {
    let word = 0;
    for (let index = 0; index < into.length; index++) {
      if (index % 4 === 0) word = nextWord(state);
      into[index] = word;
      word >>>= 8;
    }
  };
}

function nextWord(state: Uint32Array): number {
  const result = Math.imul(rotateLeft(Math.imul(state[1]!, 5), 7), 9) >>> 0;
  const shifted = state[1]! << 9;
  state[2]! ^= state[0]!;
  state[3]! ^= state[1]!;
  state[1]! ^= state[2]!;
  state[0]! ^= state[3]!;
  state[2]! ^= shifted;
  state[3] = rotateLeft(state[3]!, 11);
  return result;
}

function rotateLeft(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}

function createMixer(): { absorb(word: number): void; next(): number } {
  let state = 0;
  const next = (): number => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  };
  return {
    next,
    absorb(word) {
      state ^= word;
      state = next();
    },
  };
}
