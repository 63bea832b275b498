#include "CSQLite.h"
#include <sqlite3.h>

void availd_sqlite_leave_log(void *connection) {
    sqlite3_db_config((sqlite3 *)connection, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, (int *)0);
}
