/* The least a prober on libcurl can cost: a bare loop of libcurl's multi interface on epoll that makes N fresh
   HTTP probes of one URL, C at a time or PER_SECOND spread evenly, and prints the CPU time of each. What ProbeEngine is measured against.
   It tells libcurl the same and asks it the same as Sources/Probing/Curl does, and nothing else: no admission,
   no names, no verdict, no result.
   usage: loop URL ADDRESS:PORT N C [PER_SECOND] */
#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
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

static curl_socket_t on_open(void *context, curlsocktype purpose, struct curl_sockaddr *address) {
    (void)context;
    (void)purpose;
    return socket(address->family, address->socktype | SOCK_CLOEXEC | SOCK_NONBLOCK, address->protocol);
}

static long body_bytes, header_bytes;
static const char *url;
static struct curl_slist *target;

static void begin(CURLM *multi, CURL *easy) {
    curl_easy_reset(easy);
    curl_easy_setopt(easy, CURLOPT_URL, url);
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http");
    curl_easy_setopt(easy, CURLOPT_CONNECT_TO, target);
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, 10000L);
    curl_easy_setopt(easy, CURLOPT_DNS_CACHE_TIMEOUT, 0L);
    curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
    curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "");
    curl_easy_setopt(easy, CURLOPT_USERAGENT, "availd");
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, on_open);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, on_body);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, &header_bytes);
    curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, 1L);
    curl_easy_setopt(easy, CURLOPT_FORBID_REUSE, 1L);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_PROXY, "");
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, 10000L);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, &body_bytes);
    curl_multi_add_handle(multi, easy);
}

static void ask(CURL *easy) {
    static const CURLINFO times[] = {CURLINFO_CONNECT_TIME_T, CURLINFO_APPCONNECT_TIME_T,
        CURLINFO_STARTTRANSFER_TIME_T, CURLINFO_TOTAL_TIME_T};
    static const CURLINFO numbers[] = {CURLINFO_RESPONSE_CODE, CURLINFO_OS_ERRNO, CURLINFO_SSL_VERIFYRESULT,
        CURLINFO_LOCAL_PORT};
    curl_off_t time;
    long number;
    for (size_t i = 0; i < sizeof times / sizeof *times; i++) curl_easy_getinfo(easy, times[i], &time);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) curl_easy_getinfo(easy, numbers[i], &number);
}

int main(int argc, char **argv) {
    if (argc != 5 && argc != 6) {
        fprintf(stderr, "usage: loop URL ADDRESS:PORT N C [PER_SECOND]\n");
        return 64;
    }
    long wanted = atol(argv[3]), at_once = atol(argv[4]), begun = 0, ended = 0, failed = 0;
    long per_second = argc == 6 ? atol(argv[5]) : 0;
    char pin[256];
    snprintf(pin, sizeof pin, "::%s", argv[2]);
    curl_global_init(CURL_GLOBAL_DEFAULT);
    url = argv[1];
    target = curl_slist_append(NULL, pin);
    poller = epoll_create1(EPOLL_CLOEXEC);
    CURLM *multi = curl_multi_init();
    curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, on_socket);
    curl_multi_setopt(multi, CURLMOPT_SOCKETDATA, multi);
    curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, on_timer);
    long start = now_ms();
    if (!per_second)
        for (; begun < at_once && begun < wanted; begun++) begin(multi, curl_easy_init());
    while (ended < wanted) {
        for (; per_second && begun < wanted && now_ms() - start >= begun * 1000 / per_second; begun++)
            begin(multi, curl_easy_init());
        long due = per_second && begun < wanted ? start + begun * 1000 / per_second : -1;
        long next = timer_at < 0 ? due : due < 0 || timer_at < due ? timer_at : due;
        long wait = next < 0 ? -1 : next - now_ms();
        struct epoll_event events[256];
        int running, left, count = epoll_wait(poller, events, 256, next < 0 ? -1 : wait > 0 ? (int)wait : 0);
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
            ask(easy);
            curl_multi_remove_handle(multi, easy);
            ended++;
            if (!per_second && begun < wanted) {
                begin(multi, easy);
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
    curl_slist_free_all(target);
    return failed > 0;
}
