#include "core/readmodel/mailbox_query.h"

#include "core/domain/mail/sender_authentication.h"
#include "core/storage/mailboxes/mail_account_rows.h"

namespace aiva {

// Newest by the numbers the server gave them: a date is what the sender says. Of the topmost mails of INBOX those that
// are not here yet, and what we sent ourselves, are walked past; a hundred at most, however many those are.
static constexpr std::string_view kNewestMails = R"sql(
SELECT ifnull(m.direction = 'in', 0), ifnull(s.seen_authserv_id, '')
FROM mail_locations l
LEFT JOIN messages m ON m.id = l.message_id
LEFT JOIN sender_checks s ON s.message_id = l.message_id AND s.mailbox_id = ?1
WHERE l.folder_id = (SELECT id FROM mail_folders WHERE mailbox_id = ?1 AND role = 'inbox' AND uid_validity <> 0)
ORDER BY l.uid DESC LIMIT 100)sql";
static constexpr qsizetype kMailsToLearnFrom = 20;

class MailboxQuery::Private {
public:
    std::unique_ptr<MailAccountRows> accounts;
    Statement storeName;
    Statement counts;
    Statement team;
    Statement canned;
    Statement newestMails;

    Result<MailboxView> view(MailAccount account);
    Result<QString> learnedAuthservId(MailboxId mailbox);
};

MailboxQuery::MailboxQuery(std::unique_ptr<Private> priv) : d(std::move(priv)) {}

MailboxQuery::~MailboxQuery() = default;

Result<std::unique_ptr<MailboxQuery>> MailboxQuery::create(Database& reader) {
    auto priv = std::make_unique<Private>();
    AIVA_TRY(priv->accounts, MailAccountRows::create(reader, MailAccountRows::Use::Read));
    AIVA_TRY(priv->storeName, reader.prepare("SELECT name FROM stores WHERE id = ?1"));
    AIVA_TRY(priv->counts, reader.prepare("SELECT ifnull(sum(linked), 0), ifnull(sum(listed - linked - faults), 0), "
                                          "ifnull(sum(faults - erased), 0) FROM mail_folders WHERE mailbox_id = ?1"));
    AIVA_TRY(priv->team, reader.prepare("SELECT slot, name, is_me FROM team_agents WHERE mailbox_id = ?1 "
                                        "ORDER BY slot"));
    AIVA_TRY(priv->canned, reader.prepare("SELECT id, name, text, uses FROM canned_replies ORDER BY name"));
    AIVA_TRY(priv->newestMails, reader.prepare(kNewestMails));
    return std::unique_ptr<MailboxQuery>(new MailboxQuery(std::move(priv)));
}

Result<MailboxView> MailboxQuery::Private::view(MailAccount account) {
    MailboxView view;
    view.account = std::move(account);
    if (view.account.store) {
        AIVA_TRY(const bool found, storeName.bind(1, *view.account.store).step());
        if (found) view.storeName = storeName.text(0);
        storeName.reset();
    }
    AIVA_TRY(const bool counted, counts.bind(1, view.account.id).step());
    if (counted) {
        view.messages = counts.integer(0);
        view.messagesToFetch = counts.integer(1);
        view.faults = counts.integer(2);
    }
    counts.reset();
    AIVA_TRY(view.learnedAuthservId, learnedAuthservId(view.account.id));
    team.bind(1, view.account.id);
    for (;;) {
        AIVA_TRY(const bool more, team.step());
        if (!more) return view;
        view.team.push_back({static_cast<int>(team.integer(0)), team.text(1), team.boolean(2)});
    }
}

// A mail from before the names were noted is one that has none: it takes some new mail until there is a suggestion.
Result<QString> MailboxQuery::Private::learnedAuthservId(MailboxId mailbox) {
    QStringList newest;
    newestMails.bind(1, mailbox);
    while (newest.size() < kMailsToLearnFrom) {
        AIVA_TRY(const bool more, newestMails.step());
        if (!more) return suggestedAuthservId(newest);
        if (newestMails.boolean(0)) newest << newestMails.text(1);
    }
    newestMails.reset();
    return suggestedAuthservId(newest);
}

Result<std::vector<MailboxView>> MailboxQuery::all() {
    AIVA_TRY(std::vector<MailAccount> accounts, d->accounts->all());
    std::vector<MailboxView> views;
    for (MailAccount& account : accounts) {
        AIVA_TRY(MailboxView view, d->view(std::move(account)));
        views.push_back(std::move(view));
    }
    return views;
}

Result<std::vector<CannedReply>> MailboxQuery::cannedReplies() {
    std::vector<CannedReply> replies;
    for (;;) {
        AIVA_TRY(const bool more, d->canned.step());
        if (!more) return replies;
        CannedReply reply;
        reply.id = d->canned.id<CannedReplyId>(0);
        reply.name = d->canned.text(1);
        reply.text = d->canned.text(2);
        reply.uses = d->canned.integer(3);
        replies.push_back(std::move(reply));
    }
}

} // namespace aiva
