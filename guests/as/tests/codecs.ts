import {
  Bincode,
  Json,
  Mailbox,
  MessagePack,
  Option,
  Process,
  Tag,
  Unit,
  assertEqual,
  decode,
  encode,
  spawn,
  unit,
} from "lunatic";

@message
abstract class Shape {}

class Circle extends Shape {
  constructor(readonly radius: f64) {
    super();
  }
}

class Square extends Shape {
  constructor(
    public side: f32,
    public name: string,
  ) {
    super();
  }
}

class Empty extends Shape {}

enum Color {
  Red,
  Green,
}

@message
class Everything {
  a: u8 = 200;
  b: i8 = -3;
  c: u16 = 60_000;
  d: i16 = -300;
  e: u32 = 4_000_000_000;
  f: i32 = -70_000;
  g: u64 = u64.MAX_VALUE;
  h: i64 = i64.MIN_VALUE;
  i: f32 = 1.5;
  j: f64 = -0.1;
  k: bool = true;
  l: string = 'q"\\\n\u0001üλ😀';
  m: string | null = null;
  n: string | null = "x";
  o: i32[] = [1, -2, 3];
  p: string[] = ["a", "b"];
  q: Map<string, i32> = new Map<string, i32>();
  r: Map<i32, bool[]> = new Map<i32, bool[]>();
  s: Set<u8> = new Set<u8>();
  t: Uint8Array = new Uint8Array(3);
  u: Float64Array = new Float64Array(2);
  v: StaticArray<u16> = [7, 8];
  w: Shape[] = [new Circle(2), new Empty(), new Square(1, "s")];
  x: Option<f64> = Option.some<f64>(2.5);
  y: Option<i32> = Option.none<i32>();
  z: Process<string> = new Process<string>(0, 12);
  aa: Color = Color.Green;
  ab: Tag = new Tag(77);
  ac: Circle = new Circle(9);
  ad: (Shape | null)[] = [null, new Empty()];
  ae: ArrayBuffer = new ArrayBuffer(4);
}

function everything(): Everything {
  const it = new Everything();
  it.q.set("one", 1);
  it.q.set("two", 2);
  it.r.set(-5, [true, false]);
  it.s.add(9);
  it.t[1] = 255;
  it.u[1] = 0.25;
  return it;
}

function textOf(bytes: Uint8Array): string {
  return String.UTF8.decode(bytes.slice().buffer);
}

function bytesOf(text: string): Uint8Array {
  return Uint8Array.wrap(String.UTF8.encode(text));
}

/** What is read from the bytes of a value gives the same bytes again. */
function expectRoundTrip<S>(): void {
  const bytes = encode<Everything, S>(everything());
  const back = decode<Everything, S>(bytes).value;
  assertEqual(encode<Everything, S>(back), bytes);
  assertEqual(back.l, everything().l);
  assertEqual(back.n, "x");
  assertEqual(back.x.value, 2.5);
  assert(back.w[2] instanceof Square);
}

/** Bytes that are cut off anywhere are an error; bytes that are changed anywhere are at most another value. */
function expectHostileBytesToDoNoHarm<S>(): void {
  const bytes = encode<Everything, S>(everything());
  for (let i = 0; i < bytes.length; i++) {
    assert(!decode<Everything, S>(bytes.subarray(0, i)).ok);
    const changed = bytes.slice();
    for (let value = 0; value < 256; value += 51) {
      changed[i] = <u8>value;
      decode<Everything, S>(changed);
    }
  }
}

@test
function bincodeKeepsEveryType(): void {
  expectRoundTrip<Bincode>();
}

@test
function jsonKeepsEveryType(): void {
  expectRoundTrip<Json>();
}

@test
function messagePackKeepsEveryType(): void {
  expectRoundTrip<MessagePack>();
}

@test
function bincodeBearsHostileBytes(): void {
  expectHostileBytesToDoNoHarm<Bincode>();
}

@test
function jsonBearsHostileBytes(): void {
  expectHostileBytesToDoNoHarm<Json>();
}

@test
function messagePackBearsHostileBytes(): void {
  expectHostileBytesToDoNoHarm<MessagePack>();
}

@message
class Small {
  constructor(
    public id: u16,
    public name: string | null,
    public shape: Shape,
  ) {}
}

@test
function bincodeIsThatOfRust(): void {
  const bytes = encode<Small, Bincode>(new Small(0x102, "é", new Square(1, "")));
  // u16, option and text with a length of u64, the case's number as u32, f32, text.
  assertEqual(bytes.toString(), "2,1,1,2,0,0,0,0,0,0,0,195,169,1,0,0,0,0,0,128,63,0,0,0,0,0,0,0,0");
}

@test
function jsonIsThatOfRust(): void {
  const json = textOf(encode<Small, Json>(new Small(7, null, new Circle(1.5))));
  assertEqual(json, '{"id":7,"name":null,"shape":{"Circle":{"radius":1.5}}}');
  assertEqual(textOf(encode<Shape, Json>(new Empty())), '"Empty"');
}

@test
function messagePackIsThatOfRust(): void {
  const bytes = encode<Small, MessagePack>(new Small(300, null, new Empty()));
  // An array of three: u16, nil, and the name of the case, since it has no fields.
  assertEqual(bytes.toString(), "147,205,1,44,192,165,69,109,112,116,121");
}

@test
function jsonFieldsMayComeInAnyOrder(): void {
  const json = ' { "shape" : "Empty", "unknown" : [ { "a" : "]" } ], "id" : 1 } ';
  const small = decode<Small, Json>(bytesOf(json)).value;
  assertEqual(small.id, 1);
  assertEqual(small.name, null);
}

@test
function jsonTellsWhatIsWrong(): void {
  assertEqual(decode<Small, Json>(bytesOf('{"id":1}')).error!.text, "field shape is missing");
  assertEqual(decode<u8, Json>(bytesOf("256")).error!.text, "a number does not fit its type");
  assertEqual(decode<u8, Json>(bytesOf("1.5")).error!.text, "a number does not fit its type");
  assertEqual(decode<i32[], Json>(bytesOf("[1 2]")).error!.text, "a comma is missing");
  assertEqual(decode<Shape, Json>(bytesOf('"Cube"')).error!.text, "it is no case of Shape");
  assertEqual(decode<string, Json>(bytesOf('"\\ud800"')).ok, false);
}

@test
function messagesInsideMessagesAreReadUpToADepth(): void {
  let deep: Nested | null = null;
  for (let i = 0; i < 200; i++) deep = new Nested(deep);
  assert(decode<Nested, Bincode>(encode<Nested, Bincode>(deep!)).ok);
  for (let i = 0; i < 100; i++) deep = new Nested(deep);
  const outcome = decode<Nested, Bincode>(encode<Nested, Bincode>(deep!));
  assertEqual(outcome.error!.text, "it is nested too deeply");
}

@message
class Nested {
  constructor(public inner: Nested | null) {}
}

@test
function aListThatClaimsMoreThanItHasIsRefused(): void {
  const bytes = new Uint8Array(8);
  bytes.fill(0xff);
  assert(!decode<string[], Bincode>(bytes).ok);
  assert(!decode<f64[], Bincode>(bytes).ok);
  assert(!decode<Unit[], Bincode>(bytes).ok);
}

@test
function aTextThatIsNoUtf8IsRefused(): void {
  const bytes = encode<string, Bincode>("ab");
  bytes[8] = 0xc0;
  bytes[9] = 0x80;
  assertEqual(decode<string, Bincode>(bytes).error!.text, "a text is not UTF-8");
}

@test
function aMailboxCanHaveAnotherCodec(): void {
  const mailbox = Mailbox.of<string, Json>();
  const process = spawn((_: Unit, self: Mailbox<Process<string, Json>, Json>) => {
    self.receive().send("in JSON");
  }, unit());
  process.send(mailbox.self);
  assertEqual(mailbox.receive(), "in JSON");
}

/** A codec of a program's own: numbers in a byte each, and nothing else. */
class Tiny {
  encode<T>(value: T): void {
    new Bincode().encode<u8>(<u8>value);
  }

  decode<T>(): T {
    return <T>new Bincode().decode<u8>();
  }
}

@test
function aProgramCanHaveItsOwnCodec(): void {
  const mailbox = Mailbox.of<i32, Tiny>();
  mailbox.self.send(200);
  assertEqual(mailbox.receive(), 200);
  assertEqual(encode<i32, Tiny>(7).length, 1);
}
