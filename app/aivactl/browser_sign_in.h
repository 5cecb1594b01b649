// `store connect shopify --browser`: the person allows the app in a browser, on this machine. The address goes to
// standard error, so that it can be opened by hand where no browser can be started.
#pragma once

#include "app/aivactl/commands.h"
#include "app/common/store_connection.h"

#include <variant>

namespace aiva::ctl {

// The port of --port; absent, after one line on standard error, when it is none.
std::optional<quint16> redirectPort(const CommandLine& line);
// The packed grant, or the exit status after one line on standard error.
std::variant<SecretString, int> signInWithBrowser(const Context& context, HttpTransport& http,
                                                  const ShopifyCredentials& credentials, quint16 port);

} // namespace aiva::ctl
