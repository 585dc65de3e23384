/** How a message is written is a codec's matter: bincode, as in Rust, or MessagePack, or JSON. */
import { Bincode, Json, Mailbox, MessagePack, Process, Unit, decode, encode, print, spawn } from "lunatic";

@message
class City {
  population: Map<i32, f64> = new Map<i32, f64>();
  constructor(
    readonly name: string,
    readonly motto: string | null,
  ) {}
}

/** Gets its messages as JSON, as from a page or a program in another language. */
function read(parent: Process<string>, mailbox: Mailbox<City, Json>): void {
  parent.send(mailbox.receive().name);
}

export function main(mailbox: Mailbox<string>): void {
  const city = new City("Zürich", null);
  city.population.set(2000, 0.36);

  const json = encode<City, Json>(city);
  print(String.UTF8.decode(json.buffer));
  print(`bincode ${encode<City, Bincode>(city).length} bytes`);
  print(`MessagePack ${encode<City, MessagePack>(city).length} bytes`);

  const text = '{"motto": "Fluctuat nec mergitur", "name": "Paris", "population": {"2020": 2.1}}';
  const paris = decode<City, Json>(Uint8Array.wrap(String.UTF8.encode(text))).value;
  print(`${paris.name}: ${paris.motto!}, ${paris.population.get(2020)} million`);
  print(decode<City, Json>(json.subarray(0, 20)).error!.text);

  // `spawn` gives the argument to the process as a message too, so its codec is the mailbox'.
  spawn(read, mailbox.self).send(city);
  print(mailbox.receive());
}
