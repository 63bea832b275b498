/* libidn2 2.3 as Debian ships it. Its API is not variadic, so Swift calls it as it is. */
#ifndef CIDN2_SHIM_H
#define CIDN2_SHIM_H
#include <idn2.h>
#endif
