// Pictures a mail only points to. Fetched one by one and only at a person's word: whoever serves them learns that the
// mail was read, when, and from where. Lives on the thread it was made on.
#pragma once

#include "core/base/async.h"

#include <QByteArray>
#include <QUrl>

namespace aiva {

class PicturePort {
public:
    virtual ~PicturePort() = default;

    // The bytes as served, not decoded. Refused/HostNotAllowed for an address that is not on the public web.
    virtual Future<QByteArray> fetch(const QUrl& address) = 0;
};

} // namespace aiva
