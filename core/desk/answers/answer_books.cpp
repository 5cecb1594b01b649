#include "core/desk/answers/answer_books.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace aiva {

QString textDigest(const QString& text) {
    return QString::fromLatin1(QCryptographicHash::hash(text.toUtf8(), QCryptographicHash::Sha256).toHex());
}

Result<std::unique_ptr<AnswerBooks>> AnswerBooks::open(Database& writer) {
    auto books = std::make_unique<AnswerBooks>();
    AIVA_TRY(books->proposals, ProposalRepository::create(writer));
    AIVA_TRY(books->agenda, ProposalAgenda::create(writer));
    AIVA_TRY(books->rules, AutoSendRepository::create(writer));
    AIVA_TRY(books->outcomes, OutcomeRepository::create(writer));
    AIVA_TRY(books->endpoints, EndpointRepository::create(writer));
    AIVA_TRY(books->knowledge, KnowledgeRepository::create(writer));
    AIVA_TRY(books->playbooks, PlaybookTextRepository::create(writer));
    AIVA_TRY(books->labels, IntentLabelRepository::create(writer));
    AIVA_TRY(books->audit, AuditRepository::create(writer));
    return books;
}

Result<void> AnswerBooks::note(UtcTime at, AuditActor actor, const QString& kind, const Proposal& proposal,
                               StoreId store, const QJsonObject& more) {
    QJsonObject detail = more;
    if (!proposal.intent.intents.empty()) detail.insert(u"intent"_s, toWord(proposal.intent.intents.front().intent));
    if (proposal.draft) {
        detail.insert(u"source"_s, toWord(proposal.draft->source));
        detail.insert(u"origin"_s, proposal.draft->origin);
        detail.insert(u"confidence"_s, proposal.draft->confidence);
        detail.insert(u"reply_sha256"_s, textDigest(proposal.draft->reply));
    }
    detail.insert(u"facts_sha256"_s, textDigest(toJson(proposal.facts)));
    QJsonArray checks;
    for (const GateCheck& check : proposal.gate.checks)
        checks.append(QJsonObject{{u"name"_s, check.name}, {u"passed"_s, check.passed}, {u"hard"_s, check.hard}});
    detail.insert(u"checks"_s, checks);
    AuditNote entry{at, actor, kind};
    if (store.isValid()) entry.store = store;
    entry.conversation = proposal.conversation;
    entry.detail = QString::fromUtf8(QJsonDocument(detail).toJson(QJsonDocument::Compact));
    AIVA_TRY(const AuditId written, audit->append(entry));
    static_cast<void>(written);
    return {};
}

} // namespace aiva
