#include "core/answer/engine/gate_facts.h"

#include "core/domain/answering/named_orders.h"
#include "core/domain/email_address.h"

#include <QTimeZone>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace aiva {

UtcTime startOfDay(UtcTime now, const QString& timeZone) {
    const QTimeZone named(timeZone.toUtf8());
    const QTimeZone zone = named.isValid() ? named : QTimeZone::utc();
    return UtcTime(now.toDateTime().toTimeZone(zone).date().startOfDay(zone).toMSecsSinceEpoch());
}

namespace {

QString domainOf(const QString& email) {
    return email.section(u'@', -1).toLower();
}

void fillMail(GateInput& input, const AnswerSources& sources) {
    if (!sources.question) return;
    const MessageView& question = *sources.question;
    input.sender = question.sender;
    input.isAutomated = question.automated;
    input.hasAttachments = std::any_of(question.attachments.begin(), question.attachments.end(),
                                       [](const AttachmentView& one) { return !one.isInline; });
    input.hasNewMail = false; // everything in the thread was read just now
    input.colleagueIsOnIt = sources.conversation.assigneeSlot > 0 || sources.conversation.claimSlot > 0;
    input.personIsWriting = sources.conversation.draft && !sources.conversation.draft->text.trimmed().isEmpty();
}

void fillCustomer(GateInput& input, const AnswerSources& sources, const FactSet& facts) {
    if (sources.customer) {
        // The address the mail came from, and no other way of finding somebody.
        const bool isByAddress = sources.question && normalizedEmail(sources.question->from.email) ==
                                                         normalizedEmail(sources.conversation.customerEmail);
        input.matchedBy = isByAddress ? sources.customer->matchedBy : MatchedBy::Manual;
        input.isVip = sources.customer->precedence == Precedence::Vip;
        if (sources.customer->asOf) input.factsReadAt = *sources.customer->asOf;
    } else {
        input.isVip = false; // nobody known; other checks hold it
    }
    const NamedOrders named = namedOrdersOf(facts, sources.namedOrders);
    input.candidateOrders = named.candidates;
    input.namesForeignOrder = named.namesOther;
    if (!named.only.isEmpty()) input.returnWindow = returnWindowOf(facts, named.only, input.now);
}

} // namespace

Result<std::unique_ptr<GateFacts>> GateFacts::create(Database& database) {
    auto made = std::make_unique<GateFacts>();
    AIVA_TRY(made->m_rules, AutoSendRepository::create(database));
    AIVA_TRY(made->m_mailboxes, MailboxRepository::create(database));
    AIVA_TRY(made->m_outbox, OutboxRepository::create(database));
    AIVA_TRY(made->m_settings, SettingsRepository::create(database));
    return made;
}

// From one of our own addresses, or from the domain one of them has while it is no public provider's: a mail of ours
// to ourselves must never start a conversation with itself.
Result<bool> GateFacts::isOurs(const AnswerSources& sources) {
    if (!sources.question) return true;
    const QString sender = normalizedEmail(sources.question->from.email);
    if (sender.isEmpty()) return true;
    AIVA_TRY(const std::vector<MailAccount> accounts, m_mailboxes->all());
    for (const MailAccount& account : accounts)
        for (const QString& own : QStringList(account.address) + account.ownAddresses)
            if (normalizedEmail(own) == sender) return true;
    const QString domain = domainOf(sender);
    const QString shop = sources.store.domain.toLower();
    return !shop.isEmpty() && (domain == shop || domain.endsWith(u'.' + shop) || shop.endsWith(u'.' + domain));
}

// Something went out after the question, or is about to.
Result<bool> GateFacts::isAnswered(const AnswerSources& sources) {
    const auto& messages = sources.conversation.messages;
    if (!messages.empty() && messages.back().isOutbound) return true;
    AIVA_TRY(const std::vector<OutboxRow> rows, m_outbox->ofConversation(sources.conversation.id));
    return std::any_of(rows.begin(), rows.end(), [](const OutboxRow& row) {
        return row.state != OutboxState::Cancelled && row.state != OutboxState::Sent;
    });
}

Result<void> GateFacts::readRules(GateInput& input, const AnswerSources& sources) {
    AIVA_TRY(input.isStopped, m_rules->isStopped());
    AIVA_TRY(const std::optional<QString> paused, m_settings->value(kOutboxPausedSetting));
    input.isMasterOn = sources.conversation.mailbox.has_value() && paused.value_or(u"0"_s) != u"1"_s;
    AIVA_TRY(input.rule, m_rules->rule(sources.store.id, input.intent));
    AutoSendCase asked;
    asked.store = sources.store.id;
    asked.intent = input.intent;
    asked.conversation = sources.conversation.id;
    asked.customerEmail = normalizedEmail(sources.conversation.customerEmail);
    asked.now = input.now;
    asked.dayStart = startOfDay(input.now, input.timeZone);
    AIVA_TRY(const AutoSendCounts counts, m_rules->counts(asked));
    input.sentInLastHour = counts.ofRuleThisHour;
    input.sentToCustomerInLastDay = counts.ofCustomerThisDay;
    input.autoRepliesOfThreadToday = counts.ofConversationToday;
    return {};
}

Result<GateInput> GateFacts::read(const AnswerSources& sources, const FactSet& facts, const IntentReading& reading,
                                  const std::optional<AnswerDraft>& draft, UtcTime now, double chance) {
    GateInput input;
    input.now = now;
    input.chance = chance;
    input.reading = reading;
    input.timeZone = facts.timeZone;
    if (draft) {
        input.needsPerson = draft->needsPerson;
        input.intent = draft->intent;
        // A model may not be surer than the device that read the mail.
        const double read = reading.intents.empty() ? 0 : reading.intents.front().confidence;
        input.confidence = draft->source == AnswerSource::Model ? std::min(draft->confidence, read) : draft->confidence;
        input.language = draft->language;
    }
    fillMail(input, sources);
    fillCustomer(input, sources, facts);
    AIVA_TRY(input.isFromOwnDomain, isOurs(sources));
    AIVA_TRY(input.answeredSince, isAnswered(sources));
    AIVA_CHECK(readRules(input, sources));
    return input;
}

} // namespace aiva
