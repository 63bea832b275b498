/* PCRE2 10.42 as Debian ships it, for UTF-8. Its API is not variadic, so Swift calls it as it is. */
#ifndef CPCRE2_SHIM_H
#define CPCRE2_SHIM_H
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#endif
