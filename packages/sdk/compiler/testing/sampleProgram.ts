/** A program with most of what the language has, so that what is changed in it breaks in many ways. */
export const SAMPLE_PROGRAM = `import { print } from "lunatic";

const LIMIT: i32 = 16;
let calls: u64 = 0;

enum Kind { Small, Large = 10 }

interface Shape {
  area(): f64;
  readonly name: string;
}

abstract class Named implements Shape {
  constructor(public readonly name: string) {}
  abstract area(): f64;
  toString(): string {
    return \`\${this.name}=\${this.area()}\`;
  }
}

class Circle extends Named {
  constructor(private radius: f64) {
    super("circle");
  }
  area(): f64 {
    return Math.PI * this.radius * this.radius;
  }
}

class Rect extends Named {
  constructor(public width: f64, public height: f64 = 1.5) {
    super("rect");
  }
  area(): f64 {
    return this.width * this.height;
  }
}

class Vector {
  constructor(public x: f32, public y: f32) {}
  @operator("+")
  add(other: Vector): Vector {
    return new Vector(this.x + other.x, this.y + other.y);
  }
  get length(): f32 {
    return Mathf.sqrt(this.x * this.x + this.y * this.y);
  }
}

class Stack<T> {
  private items: T[] = [];
  push(item: T): this {
    this.items.push(item);
    return this;
  }
  pop(): T | null {
    return this.items.length > 0 ? this.items.pop() : null;
  }
}

@inline
function half(value: i32): i32 {
  return value >> 1;
}

function classify(size: i32): Kind {
  calls++;
  switch (size & 3) {
    case 0:
    case 1:
      return Kind.Small;
    default:
      return Kind.Large;
  }
}

function count(words: string[]): Map<string, i32> {
  const counts = new Map<string, i32>();
  for (let i = 0; i < words.length; i++) {
    const word = words[i];
    counts.set(word, counts.has(word) ? counts.get(word) + 1 : 1);
  }
  return counts;
}

export function main(): void {
  const shapes: Shape[] = [new Circle(1.0), new Rect(2, 3)];
  let i = 0;
  while (true) {
    if (i >= shapes.length) break;
    print(shapes[i].name + " " + (shapes[i] as Named).toString());
    i += 1;
  }
  do {
    i = half(i);
  } while (i > 0);
  const sum = new Vector(1, 2) + new Vector(3, 4);
  print(sum.length.toString());
  const stack = new Stack<Rect>().push(new Rect(1));
  const top = stack.pop();
  if (top !== null) print(\`\${top.width} \${classify(LIMIT) == Kind.Small ? "small" : "large"}\`);
  const counts = count("a b a".split(" "));
  const keys = counts.keys().sort((a, b) => a.length - b.length);
  for (let k = 0; k < keys.length; k++) print(keys[k] + ":" + counts.get(keys[k]).toString());
  assert(calls < 100 && !isNaN(0.5e-3) || 0xff != 1_000, "calls: " + calls.toString());
}
`;
