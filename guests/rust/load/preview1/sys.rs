//! The calls of `wasi_snapshot_preview1` as they are, with errnos as errors: what libc and std hide is what is tested.

#![allow(dead_code)]

pub type Fd = u32;
pub type Result<T> = std::result::Result<T, u16>;

pub const EXIST: u16 = 20;
pub const BADF: u16 = 8;
pub const INVAL: u16 = 28;
pub const ISDIR: u16 = 31;
pub const LOOP: u16 = 32;
pub const NAMETOOLONG: u16 = 37;
pub const NOENT: u16 = 44;
pub const NOTDIR: u16 = 54;
pub const NOTEMPTY: u16 = 55;
pub const NOTSOCK: u16 = 57;
pub const PERM: u16 = 63;
pub const NOTCAPABLE: u16 = 76;

pub const CREATE: u16 = 1;
pub const DIRECTORY: u16 = 2;
pub const EXCLUSIVE: u16 = 4;
pub const TRUNCATE: u16 = 8;

pub const APPEND: u16 = 1;
pub const NONBLOCK: u16 = 4;
pub const SYNC: u16 = 16;

pub const FOLLOW: u32 = 1;

pub const READ: u64 = 1 << 1;
pub const SEEK: u64 = 1 << 2;
pub const SET_FLAGS: u64 = 1 << 3;
pub const TELL: u64 = 1 << 5;
pub const WRITE: u64 = 1 << 6;
pub const ADVISE: u64 = 1 << 7;
pub const ALLOCATE: u64 = 1 << 8;
pub const PATH_SET_SIZE: u64 = 1 << 19;
pub const GET_STAT: u64 = 1 << 21;
pub const SET_SIZE: u64 = 1 << 22;
pub const SET_TIMES: u64 = 1 << 23;
pub const EVERYTHING: u64 = (1 << 30) - 1;
/// For directories, which cannot be opened for writing.
pub const BUT_WRITE: u64 = EVERYTHING & !WRITE;

pub const ACCESSED: u16 = 1;
pub const ACCESSED_NOW: u16 = 2;
pub const MODIFIED: u16 = 4;
pub const MODIFIED_NOW: u16 = 8;

pub const TYPE_DIRECTORY: u8 = 3;
pub const TYPE_FILE: u8 = 4;
pub const TYPE_SYMLINK: u8 = 7;

mod raw {
    #[link(wasm_import_module = "wasi_snapshot_preview1")]
    extern "C" {
        pub fn clock_res_get(id: u32, result: *mut u64) -> u16;
        pub fn clock_time_get(id: u32, precision: u64, result: *mut u64) -> u16;
        pub fn environ_sizes_get(count: *mut u32, bytes: *mut u32) -> u16;
        pub fn fd_advise(fd: u32, offset: u64, len: u64, advice: u32) -> u16;
        pub fn fd_allocate(fd: u32, offset: u64, len: u64) -> u16;
        pub fn fd_close(fd: u32) -> u16;
        pub fn fd_datasync(fd: u32) -> u16;
        pub fn fd_fdstat_get(fd: u32, result: *mut super::Fdstat) -> u16;
        pub fn fd_fdstat_set_flags(fd: u32, flags: u32) -> u16;
        pub fn fd_fdstat_set_rights(fd: u32, base: u64, inheriting: u64) -> u16;
        pub fn fd_filestat_get(fd: u32, result: *mut super::Filestat) -> u16;
        pub fn fd_filestat_set_size(fd: u32, size: u64) -> u16;
        pub fn fd_filestat_set_times(fd: u32, accessed: u64, modified: u64, flags: u32) -> u16;
        pub fn fd_pread(fd: u32, iovs: *const super::Iovec, count: u32, offset: u64, result: *mut u32) -> u16;
        pub fn fd_prestat_dir_name(fd: u32, name: *mut u8, len: u32) -> u16;
        pub fn fd_prestat_get(fd: u32, result: *mut [u32; 2]) -> u16;
        pub fn fd_pwrite(fd: u32, iovs: *const super::Iovec, count: u32, offset: u64, result: *mut u32) -> u16;
        pub fn fd_read(fd: u32, iovs: *const super::Iovec, count: u32, result: *mut u32) -> u16;
        pub fn fd_readdir(fd: u32, buffer: *mut u8, len: u32, cookie: u64, result: *mut u32) -> u16;
        pub fn fd_renumber(from: u32, to: u32) -> u16;
        pub fn fd_seek(fd: u32, offset: i64, whence: u32, result: *mut u64) -> u16;
        pub fn fd_sync(fd: u32) -> u16;
        pub fn fd_tell(fd: u32, result: *mut u64) -> u16;
        pub fn fd_write(fd: u32, iovs: *const super::Iovec, count: u32, result: *mut u32) -> u16;
        pub fn path_create_directory(fd: u32, path: *const u8, len: usize) -> u16;
        pub fn path_filestat_get(fd: u32, flags: u32, path: *const u8, len: usize, result: *mut super::Filestat) -> u16;
        pub fn path_filestat_set_times(
            fd: u32, flags: u32, path: *const u8, len: usize, accessed: u64, modified: u64, fstflags: u32,
        ) -> u16;
        pub fn path_link(
            from: u32, flags: u32, path: *const u8, len: usize, to: u32, new: *const u8, new_len: usize,
        ) -> u16;
        pub fn path_open(
            fd: u32, dirflags: u32, path: *const u8, len: usize, oflags: u32, base: u64, inheriting: u64, fdflags: u32,
            result: *mut u32,
        ) -> u16;
        pub fn path_readlink(
            fd: u32, path: *const u8, len: usize, buffer: *mut u8, buffer_len: usize, result: *mut u32,
        ) -> u16;
        pub fn path_remove_directory(fd: u32, path: *const u8, len: usize) -> u16;
        pub fn path_rename(from: u32, path: *const u8, len: usize, to: u32, new: *const u8, new_len: usize) -> u16;
        pub fn path_symlink(target: *const u8, len: usize, fd: u32, path: *const u8, path_len: usize) -> u16;
        pub fn path_unlink_file(fd: u32, path: *const u8, len: usize) -> u16;
        pub fn poll_oneoff(
            subscriptions: *const super::Subscription, events: *mut super::Event, count: u32, result: *mut u32,
        ) -> u16;
        pub fn random_get(buffer: *mut u8, len: usize) -> u16;
        pub fn sched_yield() -> u16;
        pub fn sock_shutdown(fd: u32, how: u32) -> u16;
    }
}

#[repr(C)]
#[derive(Clone, Copy, Default, Debug, PartialEq)]
pub struct Fdstat {
    pub filetype: u8,
    pub flags: u16,
    pub base: u64,
    pub inheriting: u64,
}

#[repr(C)]
#[derive(Clone, Copy, Default, Debug, PartialEq)]
pub struct Filestat {
    pub device: u64,
    pub inode: u64,
    pub filetype: u8,
    pub links: u64,
    pub size: u64,
    pub accessed: u64,
    pub modified: u64,
    pub changed: u64,
}

#[repr(C)]
pub struct Iovec {
    pub buffer: *const u8,
    pub len: u32,
}

#[repr(C)]
#[derive(Clone, Copy, Default)]
pub struct Subscription {
    pub userdata: u64,
    /// 0 clock, 1 read, 2 write.
    pub tag: u8,
    /// What follows depends on the tag and is aligned for all of them.
    pub padding: [u8; 7],
    /// Of a clock its id, else the descriptor.
    pub subject: u32,
    pub timeout: u64,
    pub precision: u64,
    pub flags: u16,
}

#[repr(C)]
#[derive(Clone, Copy, Default, Debug)]
pub struct Event {
    pub userdata: u64,
    pub error: u16,
    pub tag: u8,
    pub bytes: u64,
    pub flags: u16,
}

fn outcome<T>(errno: u16, value: T) -> Result<T> {
    if errno == 0 {
        Ok(value)
    } else {
        Err(errno)
    }
}

/// A call that gives a value through a pointer.
macro_rules! value {
    ($type:ty, |$result:ident| $call:expr) => {{
        let mut value: $type = Default::default();
        let $result: *mut $type = &mut value;
        let errno = unsafe { $call };
        outcome(errno, value)
    }};
}

macro_rules! plain {
    ($call:expr) => {
        outcome(unsafe { $call }, ())
    };
}

pub fn resolution(clock: u32) -> Result<u64> {
    value!(u64, |r| raw::clock_res_get(clock, r))
}
pub fn time(clock: u32) -> Result<u64> {
    value!(u64, |r| raw::clock_time_get(clock, 0, r))
}
pub fn variables() -> Result<u32> {
    let mut bytes = 0;
    value!(u32, |r| raw::environ_sizes_get(r, &mut bytes))
}
pub fn advise(fd: Fd, offset: u64, len: u64, advice: u32) -> Result<()> {
    plain!(raw::fd_advise(fd, offset, len, advice))
}
pub fn allocate(fd: Fd, offset: u64, len: u64) -> Result<()> {
    plain!(raw::fd_allocate(fd, offset, len))
}
pub fn close(fd: Fd) -> Result<()> {
    plain!(raw::fd_close(fd))
}
pub fn datasync(fd: Fd) -> Result<()> {
    plain!(raw::fd_datasync(fd))
}
pub fn sync(fd: Fd) -> Result<()> {
    plain!(raw::fd_sync(fd))
}
pub fn fdstat(fd: Fd) -> Result<Fdstat> {
    value!(Fdstat, |r| raw::fd_fdstat_get(fd, r))
}
pub fn set_flags(fd: Fd, flags: u16) -> Result<()> {
    plain!(raw::fd_fdstat_set_flags(fd, flags.into()))
}
pub fn set_rights(fd: Fd, base: u64, inheriting: u64) -> Result<()> {
    plain!(raw::fd_fdstat_set_rights(fd, base, inheriting))
}
pub fn filestat(fd: Fd) -> Result<Filestat> {
    value!(Filestat, |r| raw::fd_filestat_get(fd, r))
}
pub fn set_size(fd: Fd, size: u64) -> Result<()> {
    plain!(raw::fd_filestat_set_size(fd, size))
}
pub fn set_times(fd: Fd, accessed: u64, modified: u64, flags: u16) -> Result<()> {
    plain!(raw::fd_filestat_set_times(fd, accessed, modified, flags.into()))
}
pub fn preopen_name_length(fd: Fd) -> Result<u32> {
    value!([u32; 2], |r| raw::fd_prestat_get(fd, r)).map(|[_, length]| length)
}
pub fn preopen_name(fd: Fd, len: u32) -> Result<Vec<u8>> {
    let mut name = vec![0; len as usize];
    let errno = unsafe { raw::fd_prestat_dir_name(fd, name.as_mut_ptr(), len) };
    outcome(errno, name)
}
/// Reads to buffers of these sizes; gives what was read.
pub fn read_parts(fd: Fd, sizes: &[usize], at: Option<u64>) -> Result<Vec<u8>> {
    let mut buffers: Vec<Vec<u8>> = sizes.iter().map(|&size| vec![0; size]).collect();
    let iovs: Vec<Iovec> = buffers
        .iter_mut()
        .map(|buffer| Iovec { buffer: buffer.as_mut_ptr(), len: buffer.len() as u32 })
        .collect();
    let (count, iovs) = (iovs.len() as u32, iovs.as_ptr());
    let read = value!(u32, |r| match at {
        None => raw::fd_read(fd, iovs, count, r),
        Some(offset) => raw::fd_pread(fd, iovs, count, offset, r),
    })?;
    let mut all = buffers.concat();
    all.truncate(read as usize);
    Ok(all)
}
pub fn read(fd: Fd, len: usize) -> Result<Vec<u8>> {
    read_parts(fd, &[len], None)
}
pub fn write_parts(fd: Fd, parts: &[&[u8]], at: Option<u64>) -> Result<u32> {
    let iovs: Vec<Iovec> =
        parts.iter().map(|part| Iovec { buffer: part.as_ptr(), len: part.len() as u32 }).collect();
    let (count, iovs) = (iovs.len() as u32, iovs.as_ptr());
    value!(u32, |r| match at {
        None => raw::fd_write(fd, iovs, count, r),
        Some(offset) => raw::fd_pwrite(fd, iovs, count, offset, r),
    })
}
pub fn write(fd: Fd, bytes: &[u8]) -> Result<u32> {
    write_parts(fd, &[bytes], None)
}
pub fn renumber(from: Fd, to: Fd) -> Result<()> {
    plain!(raw::fd_renumber(from, to))
}
pub fn seek(fd: Fd, offset: i64, whence: u32) -> Result<u64> {
    value!(u64, |r| raw::fd_seek(fd, offset, whence, r))
}
pub fn tell(fd: Fd) -> Result<u64> {
    value!(u64, |r| raw::fd_tell(fd, r))
}
pub fn make_directory(fd: Fd, path: &str) -> Result<()> {
    plain!(raw::path_create_directory(fd, path.as_ptr(), path.len()))
}
pub fn path_filestat(fd: Fd, flags: u32, path: &str) -> Result<Filestat> {
    value!(Filestat, |r| raw::path_filestat_get(fd, flags, path.as_ptr(), path.len(), r))
}
pub fn path_set_times(fd: Fd, flags: u32, path: &str, accessed: u64, modified: u64, which: u16) -> Result<()> {
    plain!(raw::path_filestat_set_times(fd, flags, path.as_ptr(), path.len(), accessed, modified, which.into()))
}
pub fn link(from: Fd, flags: u32, path: &str, to: Fd, new: &str) -> Result<()> {
    plain!(raw::path_link(from, flags, path.as_ptr(), path.len(), to, new.as_ptr(), new.len()))
}
pub fn open_with(
    fd: Fd, dirflags: u32, path: &str, oflags: u16, base: u64, inheriting: u64, fdflags: u16,
) -> Result<Fd> {
    value!(u32, |r| raw::path_open(
        fd, dirflags, path.as_ptr(), path.len(), oflags.into(), base, inheriting, fdflags.into(), r
    ))
}
pub fn open(fd: Fd, path: &str, oflags: u16, rights: u64) -> Result<Fd> {
    open_with(fd, 0, path, oflags, rights, 0, 0)
}
pub fn readlink(fd: Fd, path: &str, len: usize) -> Result<Vec<u8>> {
    let mut buffer = vec![0; len];
    let used = value!(u32, |r| raw::path_readlink(
        fd, path.as_ptr(), path.len(), buffer.as_mut_ptr(), len, r
    ))?;
    buffer.truncate(used as usize);
    Ok(buffer)
}
pub fn remove_directory(fd: Fd, path: &str) -> Result<()> {
    plain!(raw::path_remove_directory(fd, path.as_ptr(), path.len()))
}
pub fn rename(from: Fd, path: &str, to: Fd, new: &str) -> Result<()> {
    plain!(raw::path_rename(from, path.as_ptr(), path.len(), to, new.as_ptr(), new.len()))
}
pub fn symlink(target: &str, fd: Fd, path: &str) -> Result<()> {
    plain!(raw::path_symlink(target.as_ptr(), target.len(), fd, path.as_ptr(), path.len()))
}
pub fn unlink(fd: Fd, path: &str) -> Result<()> {
    plain!(raw::path_unlink_file(fd, path.as_ptr(), path.len()))
}
pub fn poll(subscriptions: &[Subscription]) -> Result<Vec<Event>> {
    let mut events = vec![Event::default(); subscriptions.len()];
    let (from, to) = (subscriptions.as_ptr(), events.as_mut_ptr());
    let count = value!(u32, |r| raw::poll_oneoff(from, to, subscriptions.len() as u32, r))?;
    events.truncate(count as usize);
    Ok(events)
}
pub fn random(len: usize) -> Result<Vec<u8>> {
    let mut bytes = vec![0; len];
    let errno = unsafe { raw::random_get(bytes.as_mut_ptr(), len) };
    outcome(errno, bytes)
}
pub fn yield_now() -> Result<()> {
    plain!(raw::sched_yield())
}
pub fn shutdown(fd: Fd) -> Result<()> {
    plain!(raw::sock_shutdown(fd, 1))
}

/// An entry of a directory as `fd_readdir` gives it.
#[derive(Debug, Clone)]
pub struct Dirent {
    pub next: u64,
    pub inode: u64,
    pub filetype: u8,
    pub name: String,
}

/// Whole entries that fit into a buffer of `len` bytes, and whether it was not filled: then these were the last.
pub fn read_directory(fd: Fd, len: usize, cookie: u64) -> Result<(Vec<Dirent>, bool)> {
    const HEAD: usize = 24;
    let mut buffer = vec![0u8; len];
    let used = value!(u32, |r| raw::fd_readdir(fd, buffer.as_mut_ptr(), len as u32, cookie, r))? as usize;
    let mut entries = Vec::new();
    let mut rest = &buffer[..used];
    while rest.len() >= HEAD {
        let u64_at = |at: usize| u64::from_le_bytes(rest[at..at + 8].try_into().unwrap());
        let end = HEAD + u32::from_le_bytes(rest[16..20].try_into().unwrap()) as usize;
        if rest.len() < end {
            break;
        }
        let name = String::from_utf8_lossy(&rest[HEAD..end]).into_owned();
        entries.push(Dirent { next: u64_at(0), inode: u64_at(8), filetype: rest[20], name });
        rest = &rest[end..];
    }
    Ok((entries, used < len))
}
