#define _GNU_SOURCE /* memmem */
#include "CShims.h"
#include <linux/sockios.h>
#include <linux/tcp.h> /* glibc's own has a tcp_info without tcpi_bytes_received */
#include <netinet/in.h>
#include <stddef.h>
#include <sys/ioctl.h>
#include <sys/timex.h>
#include <sys/socket.h>
#include <string.h>
#include <syslog.h>

uint64_t availd_tcp_received(int descriptor) {
    struct tcp_info info;
    socklen_t length = sizeof info;
    if (getsockopt(descriptor, IPPROTO_TCP, TCP_INFO, &info, &length) != 0) return 0;
    size_t least = offsetof(struct tcp_info, tcpi_bytes_received) + sizeof info.tcpi_bytes_received;
    return length >= least ? info.tcpi_bytes_received : 0;
}

uint64_t availd_tcp_unread(int descriptor) {
    int unread = 0;
    return ioctl(descriptor, SIOCINQ, &unread) == 0 && unread > 0 ? (uint64_t)unread : 0;
}

void availd_syslog(int priority, const char *message) {
    syslog(priority, "%s", message);
}

int availd_clock_is_synchronised(void) {
    struct timex state = {.modes = 0};
    int status = adjtimex(&state);
    return status >= 0 && status != TIME_ERROR && !(state.status & STA_UNSYNC);
}

const void *availd_find(const void *bytes, size_t count, const void *needle, size_t needle_count) {
    return memmem(bytes, count, needle, needle_count);
}
