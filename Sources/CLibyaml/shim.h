/* libyaml 0.2 as Debian ships it: its parser's events. Its API is not variadic, so Swift calls it as it is. */
#ifndef LIBYAML_SHIM_H
#define LIBYAML_SHIM_H
#include <yaml.h>
#endif
