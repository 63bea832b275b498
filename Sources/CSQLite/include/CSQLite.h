/* SQLite for Swift: what is variadic or volatile, and nothing else. */
#ifndef CSQLITE_H
#define CSQLITE_H

#include <stdint.h>

/* Has the connection leave the log where it is when it is closed (SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE): it is then neither
   moved into the database nor removed. */
void availd_sqlite_leave_log(void *connection);

/* What the log's index says of the log, as https://sqlite.org/walformat.html describes it. */
typedef struct {
    /* How many frames count, of a page of so many bytes each. */
    uint32_t frames, page_size;
    /* What the header of the log and of each frame says, in its bytes. */
    unsigned char salt[8];
    /* The checksum of the last frame, over all of them. */
    uint32_t checksum[2];
} availd_sqlite_log_end;

/* Sets end to what the index says that all programs share; 0 where there is none, or another program writes it. */
int availd_sqlite_get_log_end(void *connection, availd_sqlite_log_end *end);

#endif
