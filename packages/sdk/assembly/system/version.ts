import * as host from "../host/version";

/** The version of lunatic whose host functions the runtime offers, such as "0.13.2". */
export function version(): string {
  return `${host.major()}.${host.minor()}.${host.patch()}`;
}
