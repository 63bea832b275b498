/* glibc for Swift: what is variadic or a macro, and nothing else. */
#ifndef CSHIMS_H
#define CSHIMS_H

#include <sys/epoll.h> /* not in the Glibc module */

/* syslog(3) with a message that is never a format string. */
void availd_syslog(int priority, const char *message);

#endif
