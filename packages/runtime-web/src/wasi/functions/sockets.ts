import type { WasiBinding } from "../binding.ts";
import { ERRNO } from "../errno.ts";
import type { WasiFunctions } from "./signature.ts";

/** No descriptor is ever a socket (host ABI 3.13): guests use `lunatic::networking`. */
export function socketFunctions(
  binding: WasiBinding,
): Pick<WasiFunctions, "sock_accept" | "sock_recv" | "sock_send" | "sock_shutdown"> {
  const refuse = (fd: number): number =>
    binding.context().descriptors.get(fd) === undefined ? ERRNO.badf : ERRNO.notsock;
  return { sock_accept: refuse, sock_recv: refuse, sock_send: refuse, sock_shutdown: refuse };
}
