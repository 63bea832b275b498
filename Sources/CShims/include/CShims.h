/* glibc for Swift: what is variadic or a macro, and nothing else. */
#ifndef CSHIMS_H
#define CSHIMS_H

#include <stdint.h>
#include <sys/epoll.h> /* not in the Glibc module */

/* How many bytes a TCP socket's peer has sent that have arrived, read or not; 0 where the kernel does not say. */
uint64_t availd_tcp_received(int descriptor);

/* How many of them have not been read yet; 0 where the kernel does not say. */
uint64_t availd_tcp_unread(int descriptor);

/* syslog(3) with a message that is never a format string. */
void availd_syslog(int priority, const char *message);

#endif
