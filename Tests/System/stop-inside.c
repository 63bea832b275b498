// Stops a program in the middle of what it does: at its next call of epoll_wait(2) without a wait, or of recv(2), once
// the file AVAILD_TEST_STOP/epoll_wait or AVAILD_TEST_STOP/recv is there. The file goes. To be preloaded.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

static void stop_at(const char *call) {
    const char *folder = getenv("AVAILD_TEST_STOP");
    char path[4096];
    if (!folder) return;
    snprintf(path, sizeof path, "%s/%s", folder, call);
    if (unlink(path) == 0) kill(getpid(), SIGSTOP);
}

int epoll_wait(int descriptor, struct epoll_event *events, int capacity, int timeout) {
    static int (*next)(int, struct epoll_event *, int, int);
    if (!next) next = (int (*)(int, struct epoll_event *, int, int))dlsym(RTLD_NEXT, "epoll_wait");
    if (timeout == 0) stop_at("epoll_wait");
    return next(descriptor, events, capacity, timeout);
}

ssize_t recv(int descriptor, void *buffer, size_t size, int flags) {
    static ssize_t (*next)(int, void *, size_t, int);
    if (!next) next = (ssize_t (*)(int, void *, size_t, int))dlsym(RTLD_NEXT, "recv");
    stop_at("recv");
    return next(descriptor, buffer, size, flags);
}
