#include <sys/ioctl.h>

/* Columns of the terminal behind a descriptor; 0 where there is none, or where it does not say. Here because ioctl
   takes a variable number of arguments, which Swift cannot call, and a pointer. */
static inline int terminal_columns(int descriptor) {
    struct winsize size = {0};
    return ioctl(descriptor, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}
