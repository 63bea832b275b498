#include "CSQLite.h"
#include <sqlite3.h>
#include <string.h>

void availd_sqlite_leave_log(void *connection) {
    sqlite3_db_config((sqlite3 *)connection, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, (int *)0);
}

/* The beginning of the index: two copies of its header, written one after the other. */
enum { header_size = 48, index_version = 3007000, region_size = 32768 };

static uint32_t number(const unsigned char *bytes) {
    uint32_t value;
    memcpy(&value, bytes, sizeof value);
    return value;
}

int availd_sqlite_get_log_end(void *connection, availd_sqlite_log_end *end) {
    sqlite3_file *file = 0;
    volatile void *region = 0;
    unsigned char bytes[2 * header_size];
    sqlite3_file_control((sqlite3 *)connection, "main", SQLITE_FCNTL_FILE_POINTER, &file);
    if (!file || !file->pMethods || file->pMethods->iVersion < 2 || !file->pMethods->xShmMap) return 0;
    if (file->pMethods->xShmMap(file, 0, region_size, 0, &region) != SQLITE_OK || !region) return 0;
    for (int i = 0; i < 2 * header_size; i++) bytes[i] = ((volatile unsigned char *)region)[i];
    /* The version, whether it is filled in, and the size of a page, where 1 stands for 65536. */
    if (memcmp(bytes, bytes + header_size, header_size) || number(bytes) != index_version || !bytes[12]) return 0;
    uint16_t page_size;
    memcpy(&page_size, bytes + 14, sizeof page_size);
    end->page_size = (page_size & 0xfe00u) + ((page_size & 1u) << 16);
    end->frames = number(bytes + 16);
    end->checksum[0] = number(bytes + 24);
    end->checksum[1] = number(bytes + 28);
    memcpy(end->salt, bytes + 32, sizeof end->salt);
    return 1;
}
