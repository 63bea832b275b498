/* The least a replay can cost: makes a month of samples, and reads them as a bare loop that parses each record and
   adds up the time of each state by service, with no rule of the contract.
   usage: scan make SERVICES SAMPLES > FILE; scan read FILE */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>

/* 2026-10-01T00:00:00+07:00 */
static const int64_t month = 1790787600000;

static int make(long services, long samples) {
    uint64_t chance = 88172645463325252ull;
    puts("at,service,state");
    for (long i = 0; i < samples; i++)
        for (long s = 0; s < services; s++) {
            chance ^= chance << 13;
            chance ^= chance >> 7;
            chance ^= chance << 17;
            printf("%lld,s%03ld,%s\n", (long long)(month + i * 60000 + s * 100), s, chance % 100 ? "up" : "down");
        }
    return 0;
}

static int scan(const char *path) {
    int file = open(path, O_RDONLY);
    struct stat status;
    if (file < 0 || fstat(file, &status)) return 66;
    const char *p = mmap(NULL, status.st_size, PROT_READ, MAP_PRIVATE, file, 0), *end = p + status.st_size;
    static int64_t last[1000], covered[1000][2];
    long records = 0;
    p = memchr(p, '\n', end - p) + 1;
    while (p < end) {
        int64_t at = 0;
        for (; *p != ','; p++) at = at * 10 + (*p - '0');
        long service = strtol(p + 2, (char **)&p, 10);
        int down = p[1] == 'd';
        if (last[service]) covered[service][down] += at - last[service];
        last[service] = at;
        p = memchr(p, '\n', end - p) + 1;
        records++;
    }
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    double cpu = usage.ru_utime.tv_sec + usage.ru_stime.tv_sec + (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
    fprintf(stderr, "%ld records, service 0 down for %lld s\n", records, (long long)covered[0][1] / 1000);
    printf("%.2f\n", cpu);
    return 0;
}

int main(int argc, char **argv) {
    if (argc == 4 && !strcmp(argv[1], "make")) return make(atol(argv[2]), atol(argv[3]));
    if (argc == 3 && !strcmp(argv[1], "read")) return scan(argv[2]);
    fprintf(stderr, "usage: scan make SERVICES SAMPLES > FILE; scan read FILE\n");
    return 64;
}
