// Moves a program's wall clock by AVAILD_TEST_CLOCK_OFFSET seconds, and by what the file AVAILD_TEST_CLOCK_FILE says in
// milliseconds at each reading, and nothing else: to be preloaded. The kernel says that the clock is synchronised where
// AVAILD_TEST_CLOCK_SYNCHRONISED is set.
//
// libfaketime 0.9.10 shifts timerfd_settime(2) whatever its clock, and Dispatch's timers with it: none of them fires.
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/timex.h>
#include <time.h>
#include <unistd.h>

static const long long second = 1000000000;

// Only by system calls: what reads the clock may hold any lock.
static long long file_offset(void) {
    const char *path = getenv("AVAILD_TEST_CLOCK_FILE");
    char text[32];
    if (!path) return 0;
    int file = (int)syscall(SYS_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC);
    if (file < 0) return 0;
    long length = syscall(SYS_read, file, text, sizeof text - 1);
    syscall(SYS_close, file);
    text[length < 0 ? 0 : length] = 0;
    return atoll(text);
}

static long long offset(void) {
    const char *text = getenv("AVAILD_TEST_CLOCK_OFFSET");
    return (text ? atoll(text) : 0) * 1000 + file_offset();
}

int clock_gettime(clockid_t clock, struct timespec *result) {
    int status = (int)syscall(SYS_clock_gettime, clock, result);
    if (status == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) {
        long long ns = result->tv_sec * second + result->tv_nsec + offset() * 1000000;
        result->tv_sec = ns / second;
        result->tv_nsec = ns % second;
    }
    return status;
}

int gettimeofday(struct timeval *restrict result, void *restrict zone) {
    struct timespec now;
    (void)zone;
    if (clock_gettime(CLOCK_REALTIME, &now) != 0) return -1;
    result->tv_sec = now.tv_sec;
    result->tv_usec = now.tv_nsec / 1000;
    return 0;
}

time_t time(time_t *result) {
    struct timespec now;
    if (clock_gettime(CLOCK_REALTIME, &now) != 0) return -1;
    if (result) *result = now.tv_sec;
    return now.tv_sec;
}

int adjtimex(struct timex *state) {
    int is_synchronised = getenv("AVAILD_TEST_CLOCK_SYNCHRONISED") != NULL;
    state->status = is_synchronised ? STA_PLL : STA_UNSYNC;
    return is_synchronised ? TIME_OK : TIME_ERROR;
}
