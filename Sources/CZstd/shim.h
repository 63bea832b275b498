/* Zstandard 1.5.4 as Debian ships it. Its API is not variadic, so Swift calls it as it is. */
#ifndef CZSTD_SHIM_H
#define CZSTD_SHIM_H
#include <zstd.h>
#include <zstd_errors.h>
#endif
