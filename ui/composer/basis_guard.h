// What a reply stands on (V6): noted when it is begun, compared at every news, and shown until a person has seen what
// changed. The outbox compares again for itself.
#pragma once

#include "core/domain/shop/order_facts.h"

#include <QObject>

namespace aiva {

struct ComposerSources;
class DraftDifference;
class OpenDraft;

class BasisGuard final : public QObject {
    Q_OBJECT
public:
    // All outlive it.
    BasisGuard(OpenDraft& draft, DraftDifference& difference, const ComposerSources& sources, QObject* parent);

    bool isStale() const { return m_isStale; }
    void check();
    // A person has seen the conversation as it is: the reply stands on that from now on.
    void acknowledge();
    // Nothing is compared any more: another text, or none.
    void rest();

private:
    void takeEdit();
    void record();
    void compare();
    OrderFactsMap factsNow() const;

    OpenDraft& m_draft;
    DraftDifference& m_difference;
    const ComposerSources& m_sources;
    bool m_isStale = false;
};

} // namespace aiva
