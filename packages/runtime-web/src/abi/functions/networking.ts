import { GuestTrap } from "../../kernel/guestTrap.ts";
import type { HostBinding } from "../binding.ts";
import { arrayAddress, readString } from "../guestMemory.ts";
import { networkingAsLunatic } from "../signatures/asLunatic.ts";
import { networkingSignatures } from "../signatures/networking.ts";
import type { HostFunctions } from "../signatures/signature.ts";
import { type ErrorIdFailure, unavailableFunctions } from "../unavailable.ts";

const FEATURE = "networking";
const FAILED = 1;
/** Two u32 per element: pointer and length of a byte slice. */
const SLICE_BYTES = 8;

type Check = NonNullable<ErrorIdFailure["checkArguments"]>;

/** The six parameters that begin with addr_type and addr_ptr, from index 0. */
const checkAddress: Check = (binding, [type, ptr]) => {
  if (type !== 4 && type !== 6) throw new GuestTrap(`address type ${type} is neither 4 nor 6`);
  binding.memory.address(Number(ptr), type === 4 ? 4 : 16);
};

const checkName: Check = (binding, [ptr, len]) => {
  readString(binding.memory, Number(ptr), Number(len));
};

const checkSlices = (
  binding: HostBinding,
  ptr: number | bigint | undefined,
  count: number | bigint | undefined,
) => arrayAddress(binding.memory, Number(ptr), Number(count), SLICE_BYTES);

/** Functions that make the first resource; all others need the id of one, and no id is valid without networking. */
const failures: { readonly [K in keyof typeof networkingSignatures]?: ErrorIdFailure } = {
  resolve: { code: FAILED, errorIdParam: 3, checkArguments: checkName },
  tcp_bind: { code: FAILED, errorIdParam: 5, checkArguments: checkAddress },
  tcp_connect: { code: FAILED, errorIdParam: 6, checkArguments: checkAddress },
  tls_bind: { code: FAILED, errorIdParam: 5, checkArguments: checkAddress },
  tls_connect: {
    code: FAILED,
    errorIdParam: 4,
    checkArguments: (binding, values) => {
      checkName(binding, values);
      checkSlices(binding, values[5], values[6]);
    },
  },
  udp_bind: { code: FAILED, errorIdParam: 5, checkArguments: checkAddress },
};

/** lunatic::networking of a host without sockets: links, and fails as host ABI 3.4 lets each function fail. */
export function networkingFunctions(binding: HostBinding): HostFunctions {
  return unavailableFunctions(binding, FEATURE, networkingSignatures, failures);
}

/** The calls of as-lunatic 0.12 that differ, see signatures/asLunatic.ts. */
export function networkingAsLunaticFunctions(binding: HostBinding): HostFunctions {
  return unavailableFunctions(binding, FEATURE, networkingAsLunatic, {});
}
