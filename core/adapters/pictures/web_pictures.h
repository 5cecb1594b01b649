// PicturePort by HTTPS: no cookie, no referrer, nothing but the address goes out, and only to a public host by its
// name: a mail must not make this computer knock at machines of its own network.
#pragma once

#include "core/adapters/http/http_transport.h"
#include "core/ports/picture_port.h"

namespace aiva {

// The address as it is asked for: http becomes https. Refused/HostNotAllowed for numbers instead of names, names of a
// local network, ports of its own, and whatever carries a login.
Result<QUrl> publicPictureAddress(const QUrl& address);

class WebPictures final : public PicturePort {
public:
    // Loopback only for tests of the exchange itself.
    explicit WebPictures(HttpPolicy::Loopback loopback = HttpPolicy::Loopback::Refused);

    Future<QByteArray> fetch(const QUrl& address) override;

private:
    Result<QUrl> allowed(const QUrl& address) const;

    HttpTransport m_transport;
    QObject m_answers; // their context
    const HttpPolicy::Loopback m_loopback;
};

} // namespace aiva
