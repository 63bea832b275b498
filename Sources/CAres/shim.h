/* c-ares 1.18 as Debian ships it. Its API is not variadic, so Swift calls it as it is. */
#ifndef CARES_SHIM_H
#define CARES_SHIM_H
#include <ares.h>
#include <ares_nameser.h>
#endif
