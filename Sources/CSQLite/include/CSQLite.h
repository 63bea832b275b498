/* SQLite for Swift: what is variadic, and nothing else. */
#ifndef CSQLITE_H
#define CSQLITE_H

/* Has the connection leave the log where it is when it is closed (SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE): it is then neither
   moved into the database nor removed. */
void availd_sqlite_leave_log(void *connection);

#endif
