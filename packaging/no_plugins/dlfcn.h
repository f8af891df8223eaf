/* MariaDB's client is compiled with this in place of the system's <dlfcn.h>.
   It otherwise looks for a way to sign in that it lacks, and for what LIBMYSQL_PLUGINS names, in
   shared objects of the host. */
#ifndef HSS_NO_PLUGINS_DLFCN_H
#define HSS_NO_PLUGINS_DLFCN_H

#include <stddef.h>

#define RTLD_NOW 2

static inline void* dlopen(const char* file, int mode) {
  (void)file, (void)mode;
  return NULL;
}
static inline void* dlsym(void* handle, const char* symbol) {
  (void)handle, (void)symbol;
  return NULL;
}
static inline int dlclose(void* handle) {
  (void)handle;
  return 0;
}
static inline char* dlerror(void) {
  static char reason[] = "it is not built in";
  return reason;
}

#endif
