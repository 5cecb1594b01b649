#include "ui/shell/composer_feed.h"

#include "core/desk/spelling.h"
#include "ui/composer/composer.h"
#include "ui/outbox/outbox_text.h"
#include "ui/shell/customer_feed.h"

#include <algorithm>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {
constexpr int addressesOffered = 6;
}

ComposerFeed::ComposerFeed(Desk& desk, MailDesk& mail, const MailReads& reads, CustomerFeed& customer,
                           Composer& composer)
    : QObject(&composer), m_desk(desk), m_mail(mail), m_reads(reads), m_customer(customer), m_composer(composer) {
    giveSources();
    connectDrafts();
    connectSending();
    connect(&desk, &Desk::onlineChanged, this, &ComposerFeed::refresh);
    connect(&mail, &MailDesk::mailboxStateChanged, this, &ComposerFeed::refresh);
    connect(&mail, &MailDesk::sent, this, &ComposerFeed::showOutgoing);
    connect(&mail, &MailDesk::sendHeld, this, &ComposerFeed::showOutgoing);
    refresh();
}

void ComposerFeed::giveSources() {
    ComposerSources sources;
    sources.cannedReplies = [this] {
        auto replies = m_reads.cannedReplies ? m_reads.cannedReplies() : std::vector<CannedReply>();
        return replies ? *std::move(replies) : std::vector<CannedReply>();
    };
    sources.customer = [this] { return m_customer.customer(); };
    sources.basis = [this](ConversationId id) {
        const auto basis = m_desk.read().conversations->basis(id);
        return basis ? std::optional(*basis) : std::nullopt;
    };
    sources.versions = [this](ConversationId id) {
        auto versions = m_desk.read().conversations->draftVersions(id);
        return versions ? *std::move(versions) : std::vector<DraftVersionView>();
    };
    sources.attachment = [this](DraftAttachmentId id) {
        return m_desk.read().conversations->draftAttachmentContent(id);
    };
    if (m_reads.spelling != nullptr) sources.spelling = spelling();
    sources.addresses = [this](const QString& text, const auto& answer) { findAddresses(text, answer); };
    m_composer.setSources(std::move(sources));
}

SpellCheck ComposerFeed::spelling() {
    SpellCheck check;
    check.mistakes = [this](const QString& language, const QString& text, const auto& answer) {
        whenDone(m_reads.spelling->mistakes(language, text), this,
                 [answer](const Result<std::vector<WordSpan>>& found) {
                     std::vector<std::pair<int, int>> spans;
                     if (found)
                         for (const WordSpan& span : *found)
                             spans.emplace_back(span.start, span.length);
                     answer(spans);
                 });
    };
    check.suggestions = [this](const QString& language, const QString& word, const auto& answer) {
        whenDone(m_reads.spelling->suggestions(language, word), this,
                 [answer](const Result<QStringList>& found) { answer(found ? *found : QStringList()); });
    };
    return check;
}

void ComposerFeed::connectDrafts() {
    connect(&m_composer, &Composer::draftChanged, &m_desk, &Desk::saveDraft);
    connect(&m_desk, &Desk::draftSaved, &m_composer, &Composer::setSaved);
    connect(&m_composer, &Composer::detachAsked, this, [this](DraftAttachmentId id) {
        m_desk.removeDraftAttachment(id);
        whenDone(m_desk.flush(), this, [this](const Result<bool>&) { Q_EMIT settled(); });
    });
    connect(&m_composer, &Composer::attachAsked, this, [this](ConversationId id, const AttachmentRecord& file) {
        DraftAttachmentView view{{}, file.name, file.mimeType, file.contentId, file.content.size()};
        whenDone(m_desk.addDraftAttachment(id, file), this, [this, id, view](const auto& added) mutable {
            if (!added) {
                m_composer.takeAttachRefused(id, view.name, added.error());
                return;
            }
            view.id = *added;
            Q_EMIT settled();
            m_composer.takeAttached(id, view);
        });
    });
    connect(&m_composer, &Composer::saveToServerAsked, this, [this](ConversationId id) {
        // What was typed up to now goes along.
        whenDone(m_desk.flush(), this, [this, id](const Result<bool>&) { saveToServer(id); });
    });
    connect(&m_composer, &Composer::noteAsked, this, &ComposerFeed::addNote);
}

void ComposerFeed::connectSending() {
    connect(&m_composer, &Composer::sendAsked, this, &ComposerFeed::send);
    connect(&m_composer, &Composer::cancelSendAsked, this, &ComposerFeed::takeBack);
    connect(&m_composer, &Composer::sendNowAsked, &m_mail, &MailDesk::sendNow);
    connect(&m_composer, &Composer::resolveAsked, &m_mail, &MailDesk::resolveUnknown);
    connect(&m_composer, &Composer::mailboxAsked, this, &ComposerFeed::mailboxAsked);
    connect(&m_composer, &Composer::takeOverAsked, this, [this](ConversationId id, int slot) {
        whenDone(m_mail.takeOver(id, slot), this, [this, id](const Result<bool>& taken) {
            if (taken) {
                readAgain(id);
            } else {
                m_composer.takeFailed(id, taken.error());
                tellElsewhere(id, taken.error());
            }
        });
    });
}

void ComposerFeed::addNote(ConversationId conversation, const QString& text) {
    // The note takes its draft along: written down later, that would come back as one more.
    whenDone(m_desk.flush(), this, [this, conversation, text](const Result<bool>&) {
        whenDone(m_mail.addNote(conversation, text), this, [this, conversation](const Result<bool>& added) {
            if (!added) {
                m_composer.takeRefused(conversation, added.error());
                tellElsewhere(conversation, added.error());
                return;
            }
            Q_EMIT settled();
            m_composer.takeNoteAdded(conversation);
        });
    });
}

void ComposerFeed::send(const ReplyRequest& reply) {
    // The outbox keeps the draft as it stands in the database: what was typed last goes there first.
    whenDone(m_desk.flush(), this, [this, reply](const Result<bool>&) {
        whenDone(m_mail.send(reply), this, [this, id = reply.conversation](const Result<OutboxId>& queued) {
            if (!queued) {
                readAgain(id);
                m_composer.takeRefused(id, queued.error());
                tellElsewhere(id, queued.error());
                return;
            }
            Q_EMIT settled();
            m_composer.takeQueued(id, *queued);
            m_lastSent = {*queued, id};
            showOutgoing();
        });
    });
}

void ComposerFeed::takeBack(OutboxId mail) {
    whenDone(m_mail.cancelSend(mail), this, [this, mail, id = m_conversation](const Result<bool>& cancelled) {
        if (!cancelled) {
            m_composer.takeFailed(id, cancelled.error());
            tellElsewhere(id, cancelled.error());
        } else {
            Q_EMIT settled();
            m_composer.takeBack(mail);
            readAgain(id);
        }
        showOutgoing();
    });
}

bool ComposerFeed::undoLastSend() {
    const auto last = std::exchange(m_lastSent, std::nullopt);
    if (!last || !m_reads.pending) return false;
    const auto pending = m_reads.pending(last->second);
    if (!pending || !*pending || (*pending)->id != last->first) return false;
    const std::vector<OutboxAction> actions = outboxActions(**pending, {});
    if (std::find(actions.begin(), actions.end(), OutboxAction::Undo) == actions.end()) return false;
    Q_EMIT conversationAsked(last->second);
    takeBack(last->first);
    return true;
}

// The composer tells it when the conversation is shown again, which may be too late.
void ComposerFeed::tellElsewhere(ConversationId conversation, const Error& error) {
    if (conversation != m_composer.conversation()) Q_EMIT failed(error);
}

void ComposerFeed::saveToServer(ConversationId conversation) {
    whenDone(m_mail.saveDraftToServer(conversation), this, [this, conversation](const Result<bool>& saved) {
        if (saved)
            m_composer.takeSavedToServer(conversation);
        else
            Q_EMIT failed(saved.error());
    });
}

void ComposerFeed::readAgain(ConversationId conversation) {
    if (conversation != m_composer.conversation()) return;
    const auto view = m_desk.read().conversations->conversation(conversation);
    if (view && *view) m_composer.showConversation(**view);
}

void ComposerFeed::follow(ConversationId conversation) {
    m_conversation = conversation;
    showOutgoing();
}

void ComposerFeed::refresh() {
    if (m_reads.mailboxes) {
        auto mailboxes = m_reads.mailboxes();
        if (mailboxes)
            m_composer.setMailboxes(*std::move(mailboxes));
        else
            Q_EMIT failed(mailboxes.error());
    }
    m_composer.setWeather({m_mail.isOutboxPaused(), m_desk.isOnline()});
    showOutgoing();
}

void ComposerFeed::showOutgoing() {
    std::optional<OutboxView> pending;
    if (m_reads.pending && m_conversation.isValid()) {
        auto found = m_reads.pending(m_conversation);
        if (found)
            pending = *std::move(found);
        else
            Q_EMIT failed(found.error());
    }
    m_composer.setOutgoing(pending);
}

void ComposerFeed::findAddresses(const QString& text, const std::function<void(QList<MailAddress>)>& answer) {
    whenDone(m_desk.search(text, addressesOffered), this, [this, answer](const Result<std::vector<SearchHit>>& hits) {
        if (!hits) return;
        QList<MailAddress> found;
        for (const SearchHit& hit : *hits) {
            if (hit.kind != SearchHit::Kind::Customer) continue;
            const auto person = m_desk.read().customers->byProfile(hit.profile, 0);
            if (person && *person && !(*person)->email.isEmpty()) found.append({(*person)->name, (*person)->email});
        }
        answer(found);
    });
}

} // namespace aiva
