/* libcurl for Swift: curl_easy_setopt and its kin are variadic, which Swift cannot call, so each kind of
   argument has one typed function here. Nothing else belongs in this target. */
#ifndef CLIBCURL_H
#define CLIBCURL_H
#include <curl/curl.h>

CURLcode availd_easy_set_long(CURL *handle, CURLoption option, long value);

#endif
