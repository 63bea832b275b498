#include "CLibcurl.h"

CURLcode availd_easy_set_long(CURL *handle, CURLoption option, long value) {
    return curl_easy_setopt(handle, option, value);
}
