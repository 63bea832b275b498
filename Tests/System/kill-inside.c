// Kills a program in the middle of a write: at the AVAILD_TEST_KILL_AT-th of its calls that change files below the folder
// AVAILD_TEST_KILL_BELOW. Of what is written there half has been, a name is not yet another, and what was to be durable is
// not. Which call of which file it was is added to AVAILD_TEST_KILL_LOG. To be preloaded.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static atomic_int calls;
// The last of its files that the thread was about to change.
static _Thread_local char ours[PATH_MAX];

#define NEXT(call) ((typeof(&call))dlsym(RTLD_NEXT, #call))

static int is_below(const char *path) {
    const char *folder = getenv("AVAILD_TEST_KILL_BELOW");
    if (!folder || strncmp(path, folder, strlen(folder)) != 0) return 0;
    const char *slash = strrchr(path, '/');
    snprintf(ours, sizeof ours, "%s", slash ? slash + 1 : path);
    return 1;
}

static int is_ours(int descriptor) {
    char link[64], path[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return is_below(path);
}

// Whether this is the call; it is counted.
static int is_the_one(void) {
    const char *order = getenv("AVAILD_TEST_KILL_AT");
    return order && atomic_fetch_add(&calls, 1) + 1 == atoi(order);
}

static void end(const char *call) {
    const char *log = getenv("AVAILD_TEST_KILL_LOG");
    int descriptor = log ? open(log, O_WRONLY | O_CREAT | O_APPEND, 0644) : -1;
    if (descriptor >= 0) dprintf(descriptor, "%s %s\n", call, ours);
    kill(getpid(), SIGKILL);
    for (;;) pause();
}

ssize_t pwrite64(int descriptor, const void *bytes, size_t count, off64_t offset) {
    if (is_ours(descriptor) && is_the_one()) {
        NEXT(pwrite64)(descriptor, bytes, count / 2, offset);
        end("pwrite");
    }
    return NEXT(pwrite64)(descriptor, bytes, count, offset);
}

ssize_t pwrite(int descriptor, const void *bytes, size_t count, off_t offset) {
    return pwrite64(descriptor, bytes, count, offset);
}

ssize_t write(int descriptor, const void *bytes, size_t count) {
    if (is_ours(descriptor) && is_the_one()) {
        NEXT(write)(descriptor, bytes, count / 2);
        end("write");
    }
    return NEXT(write)(descriptor, bytes, count);
}

int fsync(int descriptor) {
    if (is_ours(descriptor) && is_the_one()) end("fsync");
    return NEXT(fsync)(descriptor);
}

int fdatasync(int descriptor) {
    if (is_ours(descriptor) && is_the_one()) end("fdatasync");
    return NEXT(fdatasync)(descriptor);
}

int ftruncate64(int descriptor, off64_t length) {
    if (is_ours(descriptor) && is_the_one()) end("ftruncate");
    return NEXT(ftruncate64)(descriptor, length);
}

int ftruncate(int descriptor, off_t length) { return ftruncate64(descriptor, length); }

int rename(const char *from, const char *to) {
    if (is_below(to) && is_the_one()) end("rename");
    return NEXT(rename)(from, to);
}

int unlink(const char *path) {
    if (is_below(path) && is_the_one()) end("unlink");
    return NEXT(unlink)(path);
}
