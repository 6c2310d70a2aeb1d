#include <stdbool.h>
#include <stdint.h>

/* The first 12 hexadecimal digits of the commit that was built, as a number; 0 where it is not known. */
uint64_t build_commit(void);

/* Whether files differed from that commit. */
bool build_has_changes(void);
