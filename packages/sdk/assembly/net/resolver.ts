import { LunaticError } from "../error";
import * as host from "../host/networking";
import { FOREVER } from "../process/receive";
import { Result } from "../result";
import { OUT, failureOf } from "./outcome";
import { SocketAddress } from "./socketAddress";

const TYPE: usize = memory.data(4);
const IP: usize = memory.data(16);
const PORT: usize = memory.data(2);
const FLOW_INFO: usize = memory.data(4);
const SCOPE_ID: usize = memory.data(4);

/**
 * Asks the name service for a host's addresses.
 * @param name host and port, "example.org:443"
 * @param milliseconds gives up after so many milliseconds
 */
export function resolve(name: string, milliseconds: u64 = FOREVER): Result<SocketAddress[]> {
  const text = String.UTF8.encode(name);
  const code = host.resolve(changetype<usize>(text), text.byteLength, milliseconds, OUT);
  const error = failureOf(code, "resolving a name");
  if (error !== null) return Result.err<SocketAddress[]>(error);
  return Result.ok<SocketAddress[]>(takeAddresses(load<u64>(OUT)));
}

/** All addresses of one of the host's lists, which is dropped. */
export function takeAddresses(listId: u64): SocketAddress[] {
  const addresses: SocketAddress[] = [];
  while (host.resolve_next(listId, TYPE, IP, PORT, FLOW_INFO, SCOPE_ID) == 0) addresses.push(readAddress());
  host.drop_dns_iterator(listId);
  return addresses;
}

function readAddress(): SocketAddress {
  const isIpv4 = load<u32>(TYPE) == 4;
  const port = load<u16>(PORT);
  if (isIpv4) return SocketAddress.v4(load<u8>(IP), load<u8>(IP, 1), load<u8>(IP, 2), load<u8>(IP, 3), port);
  const ip = new StaticArray<u8>(16);
  memory.copy(changetype<usize>(ip), IP, 16);
  return SocketAddress.v6(ip, port, load<u32>(FLOW_INFO), load<u32>(SCOPE_ID));
}

/** The address that a call has answered with, as a list of one, or its error. */
export function addressOf(code: u32, operation: string): Result<SocketAddress> {
  const error = failureOf(code, operation);
  if (error !== null) return Result.err<SocketAddress>(error);
  return Result.ok<SocketAddress>(takeAddresses(load<u64>(OUT))[0]);
}

/** The addresses that a text stands for: itself, or what the name service says. */
export function addressesOf(address: string): Result<SocketAddress[]> {
  const literal = SocketAddress.parse(address);
  return literal === null ? resolve(address) : Result.ok<SocketAddress[]>([literal]);
}

/**
 * Tries the addresses of a text one after the other.
 * @param attempt the host's call for one address and an argument; its id or error goes to OUT
 * @returns the id it wrote, or the error of the last attempt
 */
export function firstThatWorks<A>(
  address: string,
  operation: string,
  attempt: (address: SocketAddress, argument: A) => u32,
  argument: A,
): Result<u64> {
  const resolved = addressesOf(address);
  const failed = resolved.error;
  if (failed !== null) return Result.err<u64>(failed);
  const addresses = resolved.value;
  let last = new LunaticError(`${operation}: ${address} has no address`);
  for (let i = 0; i < addresses.length; i++) {
    const error = failureOf(attempt(addresses[i], argument), operation);
    if (error === null) return Result.ok<u64>(load<u64>(OUT));
    last = error;
  }
  return Result.err<u64>(last);
}
