#include "ui/composer/basis_guard.h"

#include "ui/composer/composer_sources.h"
#include "ui/composer/draft_difference.h"
#include "ui/composer/open_draft.h"
#include "ui/composer/reply_values.h"

#include <QTextDocument>
#include <QTimer>

#include <algorithm>

namespace aiva {

BasisGuard::BasisGuard(OpenDraft& draft, DraftDifference& difference, const ComposerSources& sources, QObject* parent)
    : QObject(parent), m_draft(draft), m_difference(difference), m_sources(sources) {
    connect(&draft, &OpenDraft::edited, this, &BasisGuard::takeEdit);
}

void BasisGuard::takeEdit() {
    Writing* now = m_draft.writing();
    if (now->document->isEmpty() && now->attachments.empty()) {
        now->draft.basis.reset(); // what is written next stands on what is read next
        now->draft.facts.clear();
    } else if (!now->draft.basis && !m_draft.isNote()) {
        QTimer::singleShot(0, this, &BasisGuard::record);
    }
}

OrderFactsMap BasisGuard::factsNow() const {
    const auto customer = m_sources.customer ? m_sources.customer() : std::nullopt;
    return customer ? orderFacts(customer->orders, QLocale()) : OrderFactsMap();
}

void BasisGuard::record() {
    Writing* now = m_draft.writing();
    if (now == nullptr || now->draft.basis || m_draft.isNote() || !m_sources.basis) return;
    now->draft.basis = m_sources.basis(m_draft.conversation());
    now->draft.facts = factsNow();
    m_draft.keep();
}

void BasisGuard::check() {
    m_isStale = false;
    const Writing* now = m_draft.writing();
    if (now != nullptr && now->draft.basis && m_sources.basis && !m_draft.isNote()) compare();
    m_difference.setVisible(m_isStale);
}

void BasisGuard::compare() {
    Draft& draft = m_draft.writing()->draft;
    const std::optional<DraftBasis> current = m_sources.basis(m_draft.conversation());
    const auto since = current ? basisChange(*draft.basis, *current) : std::nullopt;
    if (!since) return;
    DraftChange change = draftChange(*m_draft.view(), draft, factsNow());
    change.isOtherPerson = since->isOtherPerson;
    const bool isOwnOnly = !change.isOtherPerson && change.facts.empty() && !change.messages.empty() &&
                           std::all_of(change.messages.begin(), change.messages.end(),
                                       [](const MessageView& one) { return one.isOutbound && !one.sentElsewhere; });
    if (isOwnOnly) {
        draft.basis = current; // the mail sent a moment ago has arrived in the conversation
    } else {
        m_isStale = true;
        m_difference.setChange(change);
    }
}

void BasisGuard::acknowledge() {
    Writing* now = m_draft.writing();
    if (now == nullptr) return;
    now->draft.basis.reset();
    const auto& messages = m_draft.view()->messages;
    if (!messages.empty()) now->seen = messages.back().id;
    if (m_isStale || !now->document->isEmpty()) record();
    rest();
}

void BasisGuard::rest() {
    m_isStale = false;
    m_difference.hide();
}

} // namespace aiva
