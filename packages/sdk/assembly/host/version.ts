/** The imports of `lunatic::version`, as the host has them. */

/** The runtime's major version. */
// @ts-ignore: decorator
@external("lunatic::version", "major")
export declare function major(): u32;

/** The runtime's minor version. */
// @ts-ignore: decorator
@external("lunatic::version", "minor")
export declare function minor(): u32;

/** The runtime's patch version. */
// @ts-ignore: decorator
@external("lunatic::version", "patch")
export declare function patch(): u32;
