/* libcurl for Swift: curl_easy_setopt and its kin are variadic, which Swift cannot call, so each kind of
   argument has one typed function here. Nothing else belongs in this target. */
#ifndef CLIBCURL_H
#define CLIBCURL_H
/* Handles of their own types instead of void pointers, so that Swift tells them apart. */
#ifndef CURL_STRICTER
#define CURL_STRICTER
#endif
#include <curl/curl.h>

CURLcode availd_easy_set_long(CURL *handle, CURLoption option, long value);
CURLcode availd_easy_set_offset(CURL *handle, CURLoption option, curl_off_t value);
/* libcurl copies the string, but for CURLOPT_POSTFIELDS; NULL takes the option back. */
CURLcode availd_easy_set_string(CURL *handle, CURLoption option, const char *value);
CURLcode availd_easy_set_pointer(CURL *handle, CURLoption option, void *value);
/* libcurl keeps the list itself, so it must outlive the transfer. */
CURLcode availd_easy_set_list(CURL *handle, CURLoption option, struct curl_slist *value);
/* For CURLOPT_WRITEFUNCTION, CURLOPT_HEADERFUNCTION and CURLOPT_READFUNCTION, which have the same form. */
CURLcode availd_easy_set_writer(CURL *handle, CURLoption option, curl_write_callback value);
CURLcode availd_easy_set_opener(CURL *handle, curl_opensocket_callback value);
CURLcode availd_easy_set_closer(CURL *handle, curl_closesocket_callback value);
CURLcode availd_easy_set_debugger(CURL *handle, curl_debug_callback value);
CURLcode availd_easy_set_socket_option(CURL *handle, curl_sockopt_callback value);
/* libcurl uses the share itself, so it must outlive the transfer; NULL lets it go. */
CURLcode availd_easy_set_share(CURL *handle, CURLSH *value);
/* From now on the share holds cookies. */
CURLSHcode availd_share_cookies(CURLSH *share);

CURLcode availd_easy_get_long(CURL *handle, CURLINFO info, long *value);
CURLcode availd_easy_get_offset(CURL *handle, CURLINFO info, curl_off_t *value);
CURLcode availd_easy_get_certificates(CURL *handle, struct curl_certinfo **value);

CURLMcode availd_multi_set_pointer(CURLM *handle, CURLMoption option, void *value);
CURLMcode availd_multi_set_socket_callback(CURLM *handle, curl_socket_callback value);
CURLMcode availd_multi_set_timer_callback(CURLM *handle, curl_multi_timer_callback value);

/* What a finished transfer was; a field of a union, which Swift sees only as bytes. */
CURLcode availd_message_result(const CURLMsg *message);

#endif
