/* Brotli's decoder 1.0.9 as Debian ships it. Its API is not variadic, so Swift calls it as it is. */
#ifndef CBROTLI_SHIM_H
#define CBROTLI_SHIM_H
#include <brotli/decode.h>
#endif
