/** The imports of `wasi_snapshot_preview1`, as the host has them. */

/** Writes the arguments and pointers to them. */
// @ts-ignore: decorator
@external("wasi_snapshot_preview1", "args_get")
export declare function args_get(argv: usize, argvBuf: usize): u32;

/** The number of arguments and the bytes they take. */
// @ts-ignore: decorator
@external("wasi_snapshot_preview1", "args_sizes_get")
export declare function args_sizes_get(argc: usize, argvBufSize: usize): u32;

/** The resolution of a clock in nanoseconds. */
// @ts-ignore: decorator
@external("wasi_snapshot_preview1", "clock_res_get")
export declare function clock_res_get(clock: u32, resolution: usize): u32;

/** The time of a clock in nanoseconds. Clock 0: since 1970; 1: monotonic. */
// @ts-ignore: decorator
@external("wasi_snapshot_preview1", "clock_time_get")
export declare function clock_time_get(clock: u32, precision: u64, time: usize): u32;

/** Writes the environment variables and pointers to them. */
// @ts-ignore: decorator
@external("wasi_snapshot_preview1", "environ_get")
export declare function environ_get(environ: usize, environBuf: usize): u32;

/** The number of environment variables and the bytes they take. */
// @ts-ignore: decorator
@external("wasi_snapshot_preview1", "environ_sizes_get")
export declare function environ_sizes_get(environCount: usize, environBufSize: usize): u32;

/** Says how a file will be used. */
// @ts-ignore: decorator
@external("wasi_snapshot_preview1", "fd_advise")
export declare function fd_advise(fd: u32, offset: u64, len: u64, advice: u32): u32;

/** Makes room in a file. */
// @ts-ignore: decorator
@external("wasi_snapshot_preview1", "fd_allocate")
export declare function fd_allocate(fd: u32, offset: u64, len: u64): u32;

/** Closes a descriptor. */
// @ts-ignore: decorator
@external("wasi_snapshot_preview1", "fd_close")
export declare function fd_close(fd: u32): u32;

/** Writes a file's data to storage. */
// @ts-ignore: decorator
@external("wasi_snapshot_preview1", "fd_datasync")
export declare function fd_datasync(fd: u32): u32;

/** What a descriptor is and may. */
// @ts-ignore: decorator
@external("wasi_snapshot_preview1", "fd_fdstat_get")
export declare function fd_fdstat_get(fd: u32, buf: usize): u32;

/** Changes a descriptor's flags. */
// @ts-ignore: decorator
@external("wasi_snapshot_preview1", "fd_fdstat_set_flags")
export declare function fd_fdstat_set_flags(fd: u32, flags: u32): u32;

/** Narrows a descriptor's rights. */
// @ts-ignore: decorator
@external("wasi_snapshot_preview1", "fd_fdstat_set_rights")
export declare function fd_fdstat_set_rights(fd: u32, fsRightsBase: u64, fsRightsInheriting: u64): u32;

/** Size, times and kind of an open file. */
// @ts-ignore: decorator
@external("wasi_snapshot_preview1", "fd_filestat_get")
export declare function fd_filestat_get(fd: u32, buf: usize): u32;

/** Sets the size of an open file. */
// @ts-ignore: decorator
@external("wasi_snapshot_preview1", "fd_filestat_set_size")
export declare function fd_filestat_set_size(fd: u32, size: u64): u32;

/** Sets the times of an open file. */
// @ts-ignore: decorator
@external("wasi_snapshot_preview1", "fd_filestat_set_times")
export declare function fd_filestat_set_times(fd: u32, stAtim: u64, stMtim: u64, fstflags: u32): u32;

/** Reads at an offset. */
// @ts-ignore: decorator
@external("wasi_snapshot_preview1", "fd_pread")
export declare function fd_pread(fd: u32, iovs: usize, iovsLen: u32, offset: u64, nread: usize): u32;

/** The name of a preopened directory. */
// @ts-ignore: decorator
@external("wasi_snapshot_preview1", "fd_prestat_dir_name")
export declare function fd_prestat_dir_name(fd: u32, path: usize, pathLen: u32): u32;

/** Whether a descriptor is a preopened directory, and the length of its name. */
// @ts-ignore: decorator
@external("wasi_snapshot_preview1", "fd_prestat_get")
export declare function fd_prestat_get(fd: u32, buf: usize): u32;

/** Writes at an offset. */
// @ts-ignore: decorator
@external("wasi_snapshot_preview1", "fd_pwrite")
export declare function fd_pwrite(fd: u32, iovs: usize, iovsLen: u32, offset: u64, nwritten: usize): u32;

/** Reads into the ranges (pointer and length each). */
// @ts-ignore: decorator
@external("wasi_snapshot_preview1", "fd_read")
export declare function fd_read(fd: u32, iovs: usize, iovsLen: u32, nread: usize): u32;

/** Lists a directory. */
// @ts-ignore: decorator
@external("wasi_snapshot_preview1", "fd_readdir")
export declare function fd_readdir(fd: u32, buf: usize, bufLen: u32, cookie: u64, bufUsed: usize): u32;

/** Moves a descriptor to another number. */
// @ts-ignore: decorator
@external("wasi_snapshot_preview1", "fd_renumber")
export declare function fd_renumber(from: u32, to: u32): u32;

/** Moves the position of a descriptor. */
// @ts-ignore: decorator
@external("wasi_snapshot_preview1", "fd_seek")
export declare function fd_seek(fd: u32, offset: i64, whence: u32, newoffset: usize): u32;

/** Writes a file to storage. */
// @ts-ignore: decorator
@external("wasi_snapshot_preview1", "fd_sync")
export declare function fd_sync(fd: u32): u32;

/** The position of a descriptor. */
// @ts-ignore: decorator
@external("wasi_snapshot_preview1", "fd_tell")
export declare function fd_tell(fd: u32, newoffset: usize): u32;

/** Writes the ranges (pointer and length each) to a descriptor. */
// @ts-ignore: decorator
@external("wasi_snapshot_preview1", "fd_write")
export declare function fd_write(fd: u32, iovs: usize, iovsLen: u32, nwritten: usize): u32;

/** Makes a directory. */
// @ts-ignore: decorator
@external("wasi_snapshot_preview1", "path_create_directory")
export declare function path_create_directory(fd: u32, path: usize, pathLen: u32): u32;

/** Size, times and kind of a path. */
// @ts-ignore: decorator
@external("wasi_snapshot_preview1", "path_filestat_get")
export declare function path_filestat_get(fd: u32, flags: u32, path: usize, pathLen: u32, buf: usize): u32;

/** Sets the times of a path. */
// @ts-ignore: decorator
@external("wasi_snapshot_preview1", "path_filestat_set_times")
export declare function path_filestat_set_times(fd: u32, flags: u32, path: usize, pathLen: u32, stAtim: u64, stMtim: u64, fstflags: u32): u32;

/** Makes a hard link. */
// @ts-ignore: decorator
@external("wasi_snapshot_preview1", "path_link")
export declare function path_link(oldFd: u32, oldFlags: u32, oldPath: usize, oldPathLen: u32, newFd: u32, newPath: usize, newPathLen: u32): u32;

/** Opens or creates a file. */
// @ts-ignore: decorator
@external("wasi_snapshot_preview1", "path_open")
export declare function path_open(dirfd: u32, dirflags: u32, path: usize, pathLen: u32, oflags: u32, fsRightsBase: u64, fsRightsInheriting: u64, fsFlags: u32, fd: usize): u32;

/** What a symbolic link says. */
// @ts-ignore: decorator
@external("wasi_snapshot_preview1", "path_readlink")
export declare function path_readlink(fd: u32, path: usize, pathLen: u32, buf: usize, bufLen: u32, bufUsed: usize): u32;

/** Removes an empty directory. */
// @ts-ignore: decorator
@external("wasi_snapshot_preview1", "path_remove_directory")
export declare function path_remove_directory(fd: u32, path: usize, pathLen: u32): u32;

/** Renames a file or directory. */
// @ts-ignore: decorator
@external("wasi_snapshot_preview1", "path_rename")
export declare function path_rename(oldFd: u32, oldPath: usize, oldPathLen: u32, newFd: u32, newPath: usize, newPathLen: u32): u32;

/** Makes a symbolic link. */
// @ts-ignore: decorator
@external("wasi_snapshot_preview1", "path_symlink")
export declare function path_symlink(oldPath: usize, oldPathLen: u32, fd: u32, newPath: usize, newPathLen: u32): u32;

/** Removes a file. */
// @ts-ignore: decorator
@external("wasi_snapshot_preview1", "path_unlink_file")
export declare function path_unlink_file(fd: u32, path: usize, pathLen: u32): u32;

/** Waits for the first of several events. */
// @ts-ignore: decorator
@external("wasi_snapshot_preview1", "poll_oneoff")
export declare function poll_oneoff(subscriptions: usize, out: usize, nsubscriptions: u32, nevents: usize): u32;

/** Ends the process. 0: normally, so that its links are not told. */
// @ts-ignore: decorator
@external("wasi_snapshot_preview1", "proc_exit")
export declare function proc_exit(rval: u32): void;

/** Traps. */
// @ts-ignore: decorator
@external("wasi_snapshot_preview1", "proc_raise")
export declare function proc_raise(sig: u32): u32;

/** Fills a range with secure random bytes. */
// @ts-ignore: decorator
@external("wasi_snapshot_preview1", "random_get")
export declare function random_get(buf: usize, bufLen: u32): u32;

/** Lets others run. */
// @ts-ignore: decorator
@external("wasi_snapshot_preview1", "sched_yield")
export declare function sched_yield(): u32;

/** Takes a connection. */
// @ts-ignore: decorator
@external("wasi_snapshot_preview1", "sock_accept")
export declare function sock_accept(fd: u32, flags: u32, fdOut: usize): u32;

/** Receives from a socket. */
// @ts-ignore: decorator
@external("wasi_snapshot_preview1", "sock_recv")
export declare function sock_recv(sock: u32, riData: usize, riDataLen: u32, riFlags: u32, roDataLen: usize, roFlags: usize): u32;

/** Sends to a socket. */
// @ts-ignore: decorator
@external("wasi_snapshot_preview1", "sock_send")
export declare function sock_send(sock: u32, siData: usize, siDataLen: u32, siFlags: u32, soDataLen: usize): u32;

/** Closes a socket's directions. */
// @ts-ignore: decorator
@external("wasi_snapshot_preview1", "sock_shutdown")
export declare function sock_shutdown(sock: u32, how: u32): u32;
