#include "CShims.h"
#include <syslog.h>

void availd_syslog(int priority, const char *message) {
    syslog(priority, "%s", message);
}
