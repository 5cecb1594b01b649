// What Aiva asks each kind of shop to tell by itself, and what a shop must have granted for it. Pure.
#pragma once

#include "core/domain/names.h"

#include <QString>
#include <QStringList>

#include <vector>

namespace aiva {

struct WantedTopic {
    QString topic;
    QStringList anyScope;    // one of these is needed; empty: none
    bool isEssential = true; // without the others the next sync finds out
};

// Not among them: customers/data_request, customers/redact and shop/redact. Shopify takes those from the app's
// configuration only (compliance_topics), and sends them to the address that stands there.
const std::vector<WantedTopic>& wantedTopics(StoreKind kind);

// Granted it or something that includes it: write_x is read_x too.
bool isGranted(const QStringList& anyScope, const QStringList& granted);

} // namespace aiva
