/* Calls on the files of one ledger, counted; the one that was chosen fails, or ends the process.
 *
 * Loaded before the C library (LD_PRELOAD), so that SQLite and the interpreter go through it. Nothing happens until
 * crash_arm() was called. Files are known by the path that the kernel has for them, so any way of opening will do.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

enum { OPEN, WRITE, SYNC, TRUNCATE, UNLINK, RENAME, READ, KINDS };
enum { FAIL, KILL_BEFORE, KILL_AFTER, KILL_TORN, SHORT };

static char watched[4096];  /* what the paths begin with; empty: nothing is watched */
static unsigned watched_kinds;
static long chosen;         /* the number of the call that is disturbed, from 1; 0: none */
static int action, wanted_errno, lasting;
static long seen, seen_of[KINDS], disturbed;

void crash_arm(const char *prefix, unsigned kinds, long number, int what, int error, int lasts)
{
    memset(seen_of, 0, sizeof seen_of);
    seen = disturbed = 0;
    snprintf(watched, sizeof watched, "%s", prefix);
    watched_kinds = kinds;
    chosen = number;
    action = what;
    wanted_errno = error;
    lasting = lasts;
}

long crash_seen(void) { return seen; }
long crash_seen_of(int kind) { return seen_of[kind]; }
long crash_disturbed(void) { return disturbed; }

static int is_watched(const char *path) { return watched[0] && path && !strncmp(path, watched, strlen(watched)); }

static int descriptor_is_watched(int descriptor)
{
    char link[64], path[4096];
    if (!watched[0])
        return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length <= 0)
        return 0;
    path[length] = 0;
    return is_watched(path);
}

static void end(void) { kill(getpid(), SIGKILL); for (;;) pause(); }

/* What happens to this call: -1 nothing, else an action. */
static int fate(int kind)
{
    if (!(watched_kinds & (1u << kind)))
        return -1;
    seen_of[kind]++;
    seen++;
    if (!chosen || seen < chosen || (seen > chosen && !lasting))
        return -1;
    disturbed++;
    if (action == KILL_BEFORE)
        end();
    return action;
}

#define REAL(name) __typeof__(&name) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)
#define AROUND(is_ours, kind, call, failed)       \
    int what = (is_ours) ? fate(kind) : -1;       \
    if (what == FAIL || what == SHORT) {          \
        errno = wanted_errno;                     \
        return failed;                            \
    }                                             \
    __typeof__(call) result = call;               \
    if (what == KILL_AFTER || what == KILL_TORN)  \
        end();                                    \
    return result

/* A write may also be cut: half of the bytes go out, then the process ends or is told that less was written. */
#define AROUND_WRITE(half, whole)                              \
    int what = descriptor_is_watched(fd) ? fate(WRITE) : -1;   \
    if (what == FAIL) {                                        \
        errno = wanted_errno;                                  \
        return -1;                                             \
    }                                                          \
    if ((what == KILL_TORN || what == SHORT) && count > 1) {   \
        ssize_t cut = half;                                    \
        if (what == KILL_TORN)                                 \
            end();                                             \
        return cut;                                            \
    }                                                          \
    ssize_t result = whole;                                    \
    if (what == KILL_AFTER || what == KILL_TORN)               \
        end();                                                 \
    return result

ssize_t write(int fd, const void *data, size_t count)
{
    REAL(write);
    AROUND_WRITE(real(fd, data, count / 2), real(fd, data, count));
}
ssize_t pwrite(int fd, const void *data, size_t count, off_t at)
{
    REAL(pwrite);
    AROUND_WRITE(real(fd, data, count / 2, at), real(fd, data, count, at));
}
ssize_t pwrite64(int fd, const void *data, size_t count, off64_t at)
{
    REAL(pwrite64);
    AROUND_WRITE(real(fd, data, count / 2, at), real(fd, data, count, at));
}
ssize_t pread64(int fd, void *data, size_t count, off64_t at)
{
    REAL(pread64);
    AROUND(descriptor_is_watched(fd), READ, real(fd, data, count, at), -1);
}
int fsync(int fd) { REAL(fsync); AROUND(descriptor_is_watched(fd), SYNC, real(fd), -1); }
int fdatasync(int fd) { REAL(fdatasync); AROUND(descriptor_is_watched(fd), SYNC, real(fd), -1); }
int ftruncate(int fd, off_t size) { REAL(ftruncate); AROUND(descriptor_is_watched(fd), TRUNCATE, real(fd, size), -1); }
int ftruncate64(int fd, off64_t size)
{
    REAL(ftruncate64);
    AROUND(descriptor_is_watched(fd), TRUNCATE, real(fd, size), -1);
}
int unlink(const char *path) { REAL(unlink); AROUND(is_watched(path), UNLINK, real(path), -1); }
int unlinkat(int at, const char *path, int flags)
{
    REAL(unlinkat);
    AROUND(is_watched(path), UNLINK, real(at, path, flags), -1);
}
int rename(const char *from, const char *to)
{
    REAL(rename);
    AROUND(is_watched(from) || is_watched(to), RENAME, real(from, to), -1);
}
int link(const char *from, const char *to)
{
    REAL(link);
    AROUND(is_watched(from) || is_watched(to), RENAME, real(from, to), -1);
}

static mode_t mode_given(int flags, va_list more) { return flags & O_CREAT ? va_arg(more, mode_t) : 0; }

#define OPENER(name, parameters, path, ...)                     \
    int name parameters                                        \
    {                                                          \
        va_list more;                                          \
        va_start(more, flags);                                 \
        mode_t mode = mode_given(flags, more);                 \
        va_end(more);                                          \
        REAL(name);                                            \
        AROUND(is_watched(path), OPEN, real(__VA_ARGS__), -1); \
    }
OPENER(open, (const char *path, int flags, ...), path, path, flags, mode)
OPENER(open64, (const char *path, int flags, ...), path, path, flags, mode)
OPENER(openat, (int at, const char *path, int flags, ...), path, at, path, flags, mode)
OPENER(openat64, (int at, const char *path, int flags, ...), path, at, path, flags, mode)
