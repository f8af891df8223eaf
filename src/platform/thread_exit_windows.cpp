#include <pthread.h>

#include <new>

namespace {

struct Destruction {
  void (*destroy)(void*);
  void* object;
  Destruction* earlier;
};

void destroy_all(void* last) {
  for (auto* entry = static_cast<Destruction*>(last); entry != nullptr;) {
    entry->destroy(entry->object);
    auto* const earlier = entry->earlier;
    delete entry;
    entry = earlier;
  }
}

pthread_key_t ended_thread{};

/// Keys are cleaned up in their order, and this one comes before that of the values' memory.
[[gnu::constructor(101)]] void create_key() {
  ::pthread_key_create(&ended_thread, destroy_all);
}

}  // namespace

/// Replaces the C++ library's, by which GCC for Windows frees a thread's value before it calls
/// the destructor. cpp-httplib has some of these.
extern "C" int __cxa_thread_atexit(void (*destroy)(void*), void* object, void*) {
  auto* const earlier = static_cast<Destruction*>(::pthread_getspecific(ended_thread));
  auto* const entry = new (std::nothrow) Destruction{destroy, object, earlier};
  if (entry == nullptr) return -1;
  return ::pthread_setspecific(ended_thread, entry);
}
