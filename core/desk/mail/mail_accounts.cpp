#include "core/desk/mail/mail_accounts.h"

using namespace Qt::StringLiterals;

namespace aiva {

MailAccounts::MailAccounts(Database& writer, MailboxRepository& mailboxes, const MailAdapters& adapters,
                           MailSetupRun::SharingTest sharing, const Clock& clock, const MailSetupPace& pace)
    : m_writer(writer)
    , m_mailboxes(mailboxes)
    , m_adapters(adapters)
    , m_sharing(std::move(sharing))
    , m_clock(clock)
    , m_pace(pace) {}

MailAccounts::~MailAccounts() = default;

Future<std::vector<MailServerGuess>> MailAccounts::findServers(const QString& address) {
    m_finder = m_adapters.setup(); // an older search ends with its finder
    return m_finder->findServers(address);
}

Future<MailAccount> MailAccounts::test(const MailAccount& account, const SecretString& secret) {
    cancelTest();
    if (!m_mailWriter) m_mailWriter = m_adapters.writer();
    m_testAnswer = std::make_shared<QPromise<Result<MailAccount>>>();
    m_testAnswer->start();
    const Future<MailAccount> answer = m_testAnswer->future();
    m_test = std::make_unique<MailSetupRun>(account, m_adapters.tryMailbox(account, secret),
                                            m_adapters.trySubmission(account, secret), *m_mailWriter, m_sharing,
                                            m_clock, m_pace);
    connect(m_test.get(), &MailSetupRun::stepped, this, &MailAccounts::stepped);
    connect(m_test.get(), &MailSetupRun::finished, this, &MailAccounts::endTest);
    m_test->start();
    return answer;
}

void MailAccounts::cancelTest() {
    if (m_testAnswer) endTest(Error{ErrorKind::Refused, u"the test was ended"_s});
}

void MailAccounts::endTest(const Result<MailAccount>& answer) {
    if (const auto promise = std::exchange(m_testAnswer, nullptr)) {
        promise->addResult(answer);
        promise->finish();
    }
    // The run may be in its own signal.
    if (m_test) {
        m_test->QObject::disconnect(this);
        m_test.release()->deleteLater();
    }
}

Future<SecretString> MailAccounts::signIn(const MailSignIn& wanted) {
    return m_adapters.signIn(wanted, [this](const QUrl& url) { Q_EMIT openUrl(url); });
}

Result<MailboxId> MailAccounts::save(const MailAccount& account, const std::optional<SecretString>& secret) {
    const auto former = account.id.isValid() ? m_mailboxes.byId(account.id) : std::optional<MailAccount>();
    if (!former) return former.error();
    AIVA_TRY(const MailboxId id, m_mailboxes.save(account));
    const auto kept = secret ? m_adapters.saveSecret(m_writer, account, *secret) : Result<void>();
    if (kept) return id;
    // The secret of before must not go to a server it was not given for.
    if (*former) AIVA_CHECK(m_mailboxes.save(**former));
    return kept.error();
}

Result<void> MailAccounts::disconnect(MailboxId mailbox) {
    AIVA_TRY(const std::optional<MailAccount> account, m_mailboxes.byId(mailbox));
    if (!account) return Error{ErrorKind::NotFound, u"no such mailbox"_s};
    AIVA_CHECK(m_mailboxes.setStatus(mailbox, MailboxStatus::Disconnected));
    return m_adapters.removeSecret(m_writer, *account);
}

} // namespace aiva
