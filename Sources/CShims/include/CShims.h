/* glibc for Swift: what is variadic, a macro or not in standard C, and nothing else. */
#ifndef CSHIMS_H
#define CSHIMS_H

#include <stddef.h>
#include <stdint.h>
#include <sys/epoll.h> /* not in the Glibc module */

/* How many bytes a TCP socket's peer has sent that have arrived, read or not; 0 where the kernel does not say. */
uint64_t availd_tcp_received(int descriptor);

/* How many of them have not been read yet; 0 where the kernel does not say. */
uint64_t availd_tcp_unread(int descriptor);

/* syslog(3) with a message that is never a format string. */
void availd_syslog(int priority, const char *message);

/* Whether adjtimex(2) says that the wall clock is synchronised; 0 where it does not say. */
int availd_clock_is_synchronised(void);

/* memmem(3): where the needle_count bytes of needle first lie within the count of bytes; NULL for nowhere. */
const void *availd_find(const void *bytes, size_t count, const void *needle, size_t needle_count);

#endif
