/* zlib 1.2.13 as Debian ships it. Its API is not variadic, so Swift calls it as it is; what inflateInit2 fills in, which
   is a macro, stands at its one call. */
#ifndef CZLIB_SHIM_H
#define CZLIB_SHIM_H
#define ZLIB_CONST /* what is read is not written */
#include <zlib.h>
#endif
