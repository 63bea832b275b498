/* The least a prober on libcurl can cost: a bare loop of libcurl's multi interface on epoll that makes N fresh
   HTTP probes of one URL, C at a time, and prints the CPU time of each. What ProbeEngine is measured against.
   usage: loop URL N C */
#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <time.h>

static int poller;
static long timer_at = -1;

static long now_ms(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static int on_socket(CURL *easy, curl_socket_t fd, int what, void *context, void *known) {
    (void)easy;
    if (what == CURL_POLL_REMOVE) {
        epoll_ctl(poller, EPOLL_CTL_DEL, fd, NULL);
        curl_multi_assign(context, fd, NULL);
        return 0;
    }
    struct epoll_event event = {.data.fd = fd};
    if (what & CURL_POLL_IN) event.events |= EPOLLIN;
    if (what & CURL_POLL_OUT) event.events |= EPOLLOUT;
    epoll_ctl(poller, known ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, fd, &event);
    curl_multi_assign(context, fd, context);
    return 0;
}

static int on_timer(CURLM *multi, long delay, void *context) {
    (void)multi;
    (void)context;
    timer_at = delay < 0 ? -1 : now_ms() + delay;
    return 0;
}

static size_t on_body(char *bytes, size_t size, size_t count, void *context) {
    (void)bytes;
    *(long *)context += (long)(size * count);
    return size * count;
}

static long body_bytes;

static void begin(CURLM *multi, CURL *easy, const char *url) {
    curl_easy_reset(easy);
    curl_easy_setopt(easy, CURLOPT_URL, url);
    curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, 1L);
    curl_easy_setopt(easy, CURLOPT_FORBID_REUSE, 1L);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_PROXY, "");
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, 10000L);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, &body_bytes);
    curl_multi_add_handle(multi, easy);
}

int main(int argc, char **argv) {
    if (argc != 4) {
        fprintf(stderr, "usage: loop URL N C\n");
        return 64;
    }
    long wanted = atol(argv[2]), at_once = atol(argv[3]), begun = 0, ended = 0, failed = 0;
    curl_global_init(CURL_GLOBAL_DEFAULT);
    poller = epoll_create1(EPOLL_CLOEXEC);
    CURLM *multi = curl_multi_init();
    curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, on_socket);
    curl_multi_setopt(multi, CURLMOPT_SOCKETDATA, multi);
    curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, on_timer);
    for (; begun < at_once && begun < wanted; begun++) begin(multi, curl_easy_init(), argv[1]);
    while (ended < wanted) {
        long wait = timer_at < 0 ? -1 : timer_at - now_ms();
        struct epoll_event events[256];
        int running, left, count = epoll_wait(poller, events, 256, timer_at < 0 ? -1 : wait > 0 ? (int)wait : 0);
        for (int i = 0; i < count; i++) {
            int flags = (events[i].events & EPOLLIN ? CURL_CSELECT_IN : 0)
                | (events[i].events & EPOLLOUT ? CURL_CSELECT_OUT : 0)
                | (events[i].events & (EPOLLERR | EPOLLHUP) ? CURL_CSELECT_ERR : 0);
            curl_multi_socket_action(multi, events[i].data.fd, flags, &running);
        }
        if (timer_at >= 0 && timer_at <= now_ms()) {
            timer_at = -1;
            curl_multi_socket_action(multi, CURL_SOCKET_TIMEOUT, 0, &running);
        }
        CURLMsg *message;
        while ((message = curl_multi_info_read(multi, &left))) {
            if (message->msg != CURLMSG_DONE) continue;
            CURL *easy = message->easy_handle;
            failed += message->data.result != CURLE_OK;
            curl_multi_remove_handle(multi, easy);
            ended++;
            if (begun < wanted) {
                begin(multi, easy, argv[1]);
                begun++;
            } else {
                curl_easy_cleanup(easy);
            }
        }
    }
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    double cpu = (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1e6 + usage.ru_utime.tv_usec + usage.ru_stime.tv_usec;
    printf("%.1f\n", cpu / wanted);
    curl_multi_cleanup(multi);
    return failed > 0;
}
