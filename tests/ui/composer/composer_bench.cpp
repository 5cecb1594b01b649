#include "tests/ui/composer/composer_bench.h"

namespace aiva::test {

using namespace Qt::StringLiterals;

MessageView ComposerBench::message(qint64 id, const QString& name, const QString& email, const QString& text,
                                   int minutesAgo) {
    MessageView message;
    message.id = MessageId(id);
    message.messageId = u"m%1@example.com"_s.arg(id);
    message.from = {name, email};
    message.to = {{u"Acme Support"_s, u"support@acme.example"_s}};
    message.sentAt = sample::now().plusSeconds(-60LL * minutesAgo);
    message.subject = u"Where is my order?"_s;
    message.text = text;
    return message;
}

ConversationView ComposerBench::conversation() {
    ConversationView view;
    view.id = ConversationId(7);
    view.subject = u"Where is my order?"_s;
    view.customerEmail = u"john@example.com"_s;
    view.mailbox = sample::sharedMailbox(sample::now()).account.id;
    view.messages = {
        message(1, u"John Okafor"_s, u"john@example.com"_s,
                u"Hi,\n\nCan you check on my order? I bought the blue widgets last week.\n\nThanks, John"_s, 40)};
    view.messages[0].cc = {{u"Ada Okafor"_s, u"ada@example.com"_s}};
    return view;
}

ComposerBench::ComposerBench() {
    ComposerSources sources;
    sources.cannedReplies = [] { return sample::cannedReplies(); };
    sources.customer = [this] { return std::optional(customer); };
    sources.basis = [this](ConversationId) { return std::optional(basis); };
    sources.versions = [this](ConversationId) { return versions; };
    sources.attachment = [this](DraftAttachmentId id) -> Result<QByteArray> { return files.value(id.value()); };
    composer.setSources(sources);
    composer.setMailboxes({sample::sharedMailbox(clock.now())});
    QObject::connect(&composer, &Composer::draftChanged, [this](const Draft& draft) { drafts.push_back(draft); });
    QObject::connect(&composer, &Composer::sendAsked, [this](const ReplyRequest& reply) { sent.push_back(reply); });
    QObject::connect(&composer, &Composer::noteAsked,
                     [this](ConversationId, const QString& text) { notes.push_back(text); });
    QObject::connect(&composer, &Composer::detachAsked, [this](DraftAttachmentId id) { detached.push_back(id); });
    QObject::connect(&composer, &Composer::cancelSendAsked, [this](OutboxId mail) { cancelled.push_back(mail); });
}

} // namespace aiva::test
