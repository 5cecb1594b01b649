// OpenSSL keeps generators in thread-specific data and gives the main thread's back from an exit handler that runs after
// LeakSanitizer looked, wherever libssl is linked. Linked into every test: gives them back in time.
#include <openssl/crypto.h>

namespace {

struct OpenSslEnd {
    ~OpenSslEnd() { OPENSSL_thread_stop(); }
};
const OpenSslEnd openSslEnd;

} // namespace
