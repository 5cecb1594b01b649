// A shop on this machine: 127.0.0.1, its own threads, its own credentials. Started by aiva-sandbox and, inside the
// desk, by --sandbox. Stops when destroyed. Never listens on another address.
#pragma once

#include "app/sandbox/sandbox_options.h"
#include "core/base/secret_string.h"

#include <QString>

#include <memory>

namespace aiva {

class SandboxServer {
public:
    // Network when the port is taken.
    static Result<std::unique_ptr<SandboxServer>> start(const SandboxOptions& options);
    ~SandboxServer();
    SandboxServer(const SandboxServer&) = delete;
    SandboxServer& operator=(const SandboxServer&) = delete;

    quint16 port() const;
    QString baseUrl() const; // http://127.0.0.1:PORT
    QString shopDomain() const;
    QString clientId() const;
    // Of an invented shop: given out on purpose, worth nothing elsewhere.
    SecretString clientSecret() const;
    SecretString accessToken() const; // an admin token to paste (C3)
    SecretString modelKey() const;    // of the language model below baseUrl()/v1
    // Of the same shop as a WooCommerce site at baseUrl().
    QString wooKey() const;
    SecretString wooSecret() const;

private:
    struct State;
    explicit SandboxServer(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace aiva
