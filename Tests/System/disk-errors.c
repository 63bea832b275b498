// Has the disk fail: as long as the file AVAILD_TEST_DISK is there, what is written to files below its folder ends with
// the error whose number is in it. To be preloaded.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

// The error for a write to `descriptor`; 0 for none.
static int fault(int descriptor) {
    const char *order = getenv("AVAILD_TEST_DISK");
    char link[64], path[PATH_MAX], folder[PATH_MAX];
    if (!order) return 0;
    snprintf(folder, sizeof folder, "%s", order);
    char *slash = strrchr(folder, '/');
    if (!slash) return 0;
    slash[1] = 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    if (strncmp(path, folder, strlen(folder)) != 0) return 0;
    FILE *file = fopen(order, "r");
    if (!file) return 0;
    int number = 0;
    if (fscanf(file, "%d", &number) != 1) number = 0;
    fclose(file);
    return number;
}

#define FAIL_IF_ORDERED(descriptor) \
    do { \
        int number = fault(descriptor); \
        if (number) { errno = number; return -1; } \
    } while (0)

ssize_t pwrite64(int descriptor, const void *bytes, size_t count, off64_t offset) {
    static ssize_t (*next)(int, const void *, size_t, off64_t);
    if (!next) next = (ssize_t (*)(int, const void *, size_t, off64_t))dlsym(RTLD_NEXT, "pwrite64");
    FAIL_IF_ORDERED(descriptor);
    return next(descriptor, bytes, count, offset);
}

ssize_t pwrite(int descriptor, const void *bytes, size_t count, off_t offset) {
    return pwrite64(descriptor, bytes, count, offset);
}

ssize_t write(int descriptor, const void *bytes, size_t count) {
    static ssize_t (*next)(int, const void *, size_t);
    if (!next) next = (ssize_t (*)(int, const void *, size_t))dlsym(RTLD_NEXT, "write");
    FAIL_IF_ORDERED(descriptor);
    return next(descriptor, bytes, count);
}
