import { blocking, plain } from "./signature.ts";

/**
 * wasi_snapshot_preview1, host ABI 3.13. Natively blocking calls hold their OS thread; here those that may wait
 * (a clock, standard input, output that nobody takes yet, a yield, a file on its volume) park the process instead. What is
 * in memory answers at once.
 */
export const wasiPreview1Signatures = {
  args_get: plain(["argv: i32", "argv_buf: i32"], "i32"),
  args_sizes_get: plain(["argc: i32", "argv_buf_size: i32"], "i32"),
  clock_res_get: plain(["clock: i32", "resolution: i32"], "i32"),
  clock_time_get: plain(["clock: i32", "precision: i64", "time: i32"], "i32"),
  environ_get: plain(["environ: i32", "environ_buf: i32"], "i32"),
  environ_sizes_get: plain(["environ_count: i32", "environ_buf_size: i32"], "i32"),
  fd_advise: plain(["fd: i32", "offset: i64", "len: i64", "advice: i32"], "i32"),
  fd_allocate: plain(["fd: i32", "offset: i64", "len: i64"], "i32"),
  fd_close: plain(["fd: i32"], "i32"),
  fd_datasync: blocking(["fd: i32"], "i32"),
  fd_fdstat_get: plain(["fd: i32", "buf: i32"], "i32"),
  fd_fdstat_set_flags: plain(["fd: i32", "flags: i32"], "i32"),
  fd_fdstat_set_rights: plain(["fd: i32", "fs_rights_base: i64", "fs_rights_inheriting: i64"], "i32"),
  fd_filestat_get: plain(["fd: i32", "buf: i32"], "i32"),
  fd_filestat_set_size: blocking(["fd: i32", "size: i64"], "i32"),
  fd_filestat_set_times: plain(["fd: i32", "st_atim: i64", "st_mtim: i64", "fstflags: i32"], "i32"),
  fd_pread: blocking(["fd: i32", "iovs: i32", "iovs_len: i32", "offset: i64", "nread: i32"], "i32"),
  fd_prestat_dir_name: plain(["fd: i32", "path: i32", "path_len: i32"], "i32"),
  fd_prestat_get: plain(["fd: i32", "buf: i32"], "i32"),
  fd_pwrite: blocking(["fd: i32", "iovs: i32", "iovs_len: i32", "offset: i64", "nwritten: i32"], "i32"),
  fd_read: blocking(["fd: i32", "iovs: i32", "iovs_len: i32", "nread: i32"], "i32"),
  fd_readdir: plain(["fd: i32", "buf: i32", "buf_len: i32", "cookie: i64", "buf_used: i32"], "i32"),
  fd_renumber: plain(["from: i32", "to: i32"], "i32"),
  fd_seek: plain(["fd: i32", "offset: i64", "whence: i32", "newoffset: i32"], "i32"),
  fd_sync: blocking(["fd: i32"], "i32"),
  fd_tell: plain(["fd: i32", "newoffset: i32"], "i32"),
  fd_write: blocking(["fd: i32", "iovs: i32", "iovs_len: i32", "nwritten: i32"], "i32"),
  path_create_directory: plain(["fd: i32", "path: i32", "path_len: i32"], "i32"),
  path_filestat_get: plain(["fd: i32", "flags: i32", "path: i32", "path_len: i32", "buf: i32"], "i32"),
  path_filestat_set_times: plain(
    ["fd: i32", "flags: i32", "path: i32", "path_len: i32", "st_atim: i64", "st_mtim: i64", "fstflags: i32"],
    "i32",
  ),
  path_link: plain(
    [
      "old_fd: i32",
      "old_flags: i32",
      "old_path: i32",
      "old_path_len: i32",
      "new_fd: i32",
      "new_path: i32",
      "new_path_len: i32",
    ],
    "i32",
  ),
  path_open: plain(
    [
      "dirfd: i32",
      "dirflags: i32",
      "path: i32",
      "path_len: i32",
      "oflags: i32",
      "fs_rights_base: i64",
      "fs_rights_inheriting: i64",
      "fs_flags: i32",
      "fd: i32",
    ],
    "i32",
  ),
  path_readlink: plain(
    ["fd: i32", "path: i32", "path_len: i32", "buf: i32", "buf_len: i32", "buf_used: i32"],
    "i32",
  ),
  path_remove_directory: plain(["fd: i32", "path: i32", "path_len: i32"], "i32"),
  path_rename: plain(
    [
      "old_fd: i32",
      "old_path: i32",
      "old_path_len: i32",
      "new_fd: i32",
      "new_path: i32",
      "new_path_len: i32",
    ],
    "i32",
  ),
  path_symlink: plain(
    ["old_path: i32", "old_path_len: i32", "fd: i32", "new_path: i32", "new_path_len: i32"],
    "i32",
  ),
  path_unlink_file: plain(["fd: i32", "path: i32", "path_len: i32"], "i32"),
  poll_oneoff: blocking(["in_: i32", "out: i32", "nsubscriptions: i32", "nevents: i32"], "i32"),
  proc_exit: plain(["rval: i32"]),
  proc_raise: plain(["sig: i32"], "i32"),
  random_get: plain(["buf: i32", "buf_len: i32"], "i32"),
  sched_yield: blocking([], "i32"),
  sock_accept: plain(["fd: i32", "flags: i32", "fd_out: i32"], "i32"),
  sock_recv: plain(
    ["sock: i32", "ri_data: i32", "ri_data_len: i32", "ri_flags: i32", "ro_datalen: i32", "ro_flags: i32"],
    "i32",
  ),
  sock_send: plain(
    ["sock: i32", "si_data: i32", "si_data_len: i32", "si_flags: i32", "so_datalen: i32"],
    "i32",
  ),
  sock_shutdown: plain(["sock: i32", "how: i32"], "i32"),
};
