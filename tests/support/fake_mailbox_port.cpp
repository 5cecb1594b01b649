#include "tests/support/fake_mailbox_port.h"

#include <QTimer>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace aiva::test {
namespace {

QString listed(const std::vector<quint32>& uids) {
    QStringList words;
    for (const quint32 uid : uids)
        words << QString::number(uid);
    return words.join(u',');
}

const Error kLost{ErrorKind::Network, u"the line was lost"_s, ErrorCause::ConnectionReset};

MailFlags changedFlags(const MailFlags& old, FlagChange change, const QStringList& words) {
    if (change == FlagChange::Replace) return flagsFrom(words);
    QStringList all = flagWords(old);
    if (change == FlagChange::Add) return flagsFrom(all + words);
    for (const QString& word : words)
        all.removeIf([&](const QString& one) { return one.compare(word, Qt::CaseInsensitive) == 0; });
    return flagsFrom(all);
}

QString sign(FlagChange change) {
    return change == FlagChange::Add ? u"+"_s : change == FlagChange::Remove ? u"-"_s : u"="_s;
}

} // namespace

FakeMailboxPort::FakeMailboxPort(FakeMailServer& server) : m_server(server) {
    connect(&server, &FakeMailServer::changed, this, [this](const QString& folder) {
        if (folder != m_watched || !m_isOnline || m_isClosed) return;
        QMetaObject::invokeMethod(
            this, [this, folder] { Q_EMIT folderChanged(folder); }, Qt::QueuedConnection);
    });
}

FakeMailboxPort::~FakeMailboxPort() {
    close();
}

void FakeMailboxPort::failNext(Call call, Error error, int times, int after, Effect effect) {
    m_scripts[call].push_back({std::move(error), times, after, effect});
}

void FakeMailboxPort::setOnline(bool online) {
    if (std::exchange(m_isOnline, online) == online || m_watched.isEmpty()) return;
    if (!online) {
        Q_EMIT watchLost(kLost);
        return;
    }
    Q_EMIT watchRestored();
    Q_EMIT folderChanged(m_watched);
}

std::optional<FakeMailboxPort::Script> FakeMailboxPort::scripted(Call call) {
    std::deque<Script>& scripts = m_scripts[call];
    if (scripts.empty()) return std::nullopt;
    Script& script = scripts.front();
    if (script.after > 0) {
        --script.after;
        return std::nullopt;
    }
    const Script now = script;
    if (--script.times <= 0) scripts.pop_front();
    return now;
}

void FakeMailboxPort::enqueue(Command command) {
    m_commands.push_back(std::move(command));
    if (std::exchange(m_isScheduled, true)) return;
    QTimer::singleShot(latencyMs, this, &FakeMailboxPort::runNext);
}

void FakeMailboxPort::runNext() {
    m_isScheduled = false;
    if (m_commands.empty()) return;
    const Command command = std::move(m_commands.front());
    m_commands.pop_front();
    if (!m_commands.empty()) {
        m_isScheduled = true;
        QTimer::singleShot(latencyMs, this, &FakeMailboxPort::runNext);
    }
    command.run();
}

template <typename T>
Future<T> FakeMailboxPort::answer(Call call, const QString& what, std::function<Result<T>()> make) {
    if (m_isClosed) return readyFuture<T>(Error{ErrorKind::Refused, u"the mailbox is closed"_s});
    auto promise = std::make_shared<QPromise<Result<T>>>();
    promise->start();
    const auto settle = [promise](Result<T> result) {
        promise->addResult(std::move(result));
        promise->finish();
    };
    Command command;
    command.run = [this, call, what, settle, make = std::move(make)] {
        const int number = ++m_calls[call];
        m_log << what;
        if (beforeEach) beforeEach(call, number);
        if (isSilent && isSilent(call, number)) return;
        if (!m_isOnline) return settle(kLost);
        if (const auto script = scripted(call)) {
            if (script->effect == Effect::Taken) (void)make();
            return settle(script->error);
        }
        settle(make());
    };
    command.cancel = [settle] { settle(Error{ErrorKind::Refused, u"the mailbox was closed"_s}); };
    enqueue(std::move(command));
    return promise->future();
}

template <typename T>
Future<T> FakeMailboxPort::inFolder(Call call, const QString& what, const QString& folder,
                                    std::function<Result<T>(FakeFolder&)> make) {
    return answer<T>(call, what, [this, folder, make = std::move(make)]() -> Result<T> {
        const auto found = m_server.folders.find(folder);
        if (found == m_server.folders.end() || !found->second.canSelect)
            return Error{ErrorKind::NotFound, u"there is no such folder"_s, ErrorCause::FolderMissing};
        return make(found->second);
    });
}

Future<MailboxAbilities> FakeMailboxPort::open() {
    return answer<MailboxAbilities>(Call::Open, u"open"_s, [this] { return m_server.abilities; });
}

Future<std::vector<MailFolder>> FakeMailboxPort::folders() {
    return answer<std::vector<MailFolder>>(Call::Folders, u"folders"_s, [this] {
        std::vector<MailFolder> folders;
        for (const auto& [name, box] : m_server.folders)
            folders.push_back({name, box.role, box.canSelect});
        return folders;
    });
}

Future<FolderState> FakeMailboxPort::folderState(const QString& folder) {
    return inFolder<FolderState>(Call::State, u"state "_s + folder, folder,
                                 [this, folder](FakeFolder&) { return m_server.state(folder); });
}

Future<bool> FakeMailboxPort::createFolder(const QString& folder) {
    return answer<bool>(Call::Create, u"create "_s + folder, [this, folder] {
        m_server.folders.try_emplace(folder);
        return true;
    });
}

Future<FolderChanges> FakeMailboxPort::changes(const QString& folder, const KnownFolder& known) {
    const QString what = u"changes %1 since %2"_s.arg(folder).arg(known.highestModSeq);
    return inFolder<FolderChanges>(Call::Changes, what, folder,
                                   [this, folder, known](FakeFolder&) { return m_server.changes(folder, known); });
}

Result<std::vector<ServerMessage>> FakeMailboxPort::give(const FakeFolder& box, const std::vector<quint32>& uids) {
    std::vector<ServerMessage> given;
    for (const quint32 uid : uids) {
        const auto found = box.mails.find(uid);
        if (found == box.mails.end()) continue;
        if (poison.contains(uid)) return kLost;
        const FakeMail& mail = found->second;
        given.push_back({uid, m_server.abilities.condStore ? mail.modSeq : 0, mail.flags, mail.message});
    }
    return given;
}

Future<std::vector<ServerMessage>> FakeMailboxPort::fetch(const QString& folder, const std::vector<quint32>& uids) {
    return inFolder<std::vector<ServerMessage>>(Call::Fetch, u"fetch %1 %2"_s.arg(folder, listed(uids)), folder,
                                                [this, uids](FakeFolder& box) { return give(box, uids); });
}

Future<QByteArray> FakeMailboxPort::fetchRaw(const QString& folder, quint32 uid) {
    return inFolder<QByteArray>(Call::FetchRaw, u"raw %1 %2"_s.arg(folder).arg(uid), folder,
                                [uid](FakeFolder& box) -> Result<QByteArray> {
                                    const auto found = box.mails.find(uid);
                                    if (found == box.mails.end())
                                        return Error{ErrorKind::NotFound, u"the mail is gone"_s};
                                    return found->second.raw;
                                });
}

Future<std::vector<FlagUpdate>> FakeMailboxPort::flags(const QString& folder, const std::vector<quint32>& uids) {
    return inFolder<std::vector<
        FlagUpdate>>(Call::Flags, u"flags %1 %2"_s.arg(folder, listed(uids)), folder, [this, uids](FakeFolder& box) {
        std::vector<FlagUpdate> updates;
        for (const quint32 uid : uids)
            if (const auto found = box.mails.find(uid); found != box.mails.end())
                updates.push_back({uid, m_server.abilities.condStore ? found->second.modSeq : 0, found->second.flags});
        return updates;
    });
}

Future<std::vector<quint32>> FakeMailboxPort::findMessageId(const QString& folder, const QString& messageId) {
    return inFolder<std::vector<quint32>>(
        Call::FindMessageId, u"find %1 %2"_s.arg(folder, messageId), folder, [this, messageId](FakeFolder& box) {
            std::vector<quint32> uids;
            for (const auto& [uid, mail] : box.mails)
                if (findsMessageIds && *mail.message && (*mail.message)->messageId == messageId) uids.push_back(uid);
            return uids;
        });
}

Future<bool> FakeMailboxPort::store(const QString& folder, const std::vector<quint32>& uids, FlagChange change,
                                    const QStringList& words) {
    const QString what = u"store %1 %2 %3 %4"_s.arg(folder, listed(uids), sign(change), words.join(u' '));
    return inFolder<bool>(Call::Store, what, folder, [this, folder, uids, change, words](FakeFolder& box) {
        for (const quint32 uid : uids)
            if (const auto found = box.mails.find(uid); found != box.mails.end())
                m_server.setFlags(folder, uid, changedFlags(found->second.flags, change, words));
        return true;
    });
}

Future<ConditionalStore> FakeMailboxPort::storeUnchangedSince(const QString& folder, quint32 uid, quint64 modSeq,
                                                              FlagChange change, const QStringList& words) {
    const QString what =
        u"store %1 %2 if %3 %4 %5"_s.arg(folder).arg(uid).arg(modSeq).arg(sign(change), words.join(u' '));
    return inFolder<ConditionalStore>(
        Call::ConditionalStore, what, folder, [=, this](FakeFolder& box) -> Result<ConditionalStore> {
            if (!m_server.abilities.condStore)
                return Error{ErrorKind::Refused, u"no CONDSTORE"_s, ErrorCause::NotSupported};
            const auto found = box.mails.find(uid);
            if (found == box.mails.end()) return ConditionalStore{ConditionalStore::Outcome::Gone, 0};
            if (found->second.modSeq > modSeq) return ConditionalStore{ConditionalStore::Outcome::Modified, 0};
            m_server.setFlags(folder, uid, changedFlags(found->second.flags, change, words));
            return ConditionalStore{ConditionalStore::Outcome::Done, box.mails.at(uid).modSeq};
        });
}

Future<AppendedMail> FakeMailboxPort::append(const QString& folder, const QByteArray& mail, const QStringList& words) {
    return inFolder<AppendedMail>(
        Call::Append, u"append "_s + folder, folder, [this, folder, mail, words](FakeFolder& box) {
            const quint32 uid = m_server.appendRaw(folder, mail, flagsFrom(words));
            return m_server.saysAppendUid ? AppendedMail{box.uidValidity, uid} : AppendedMail{};
        });
}

Future<bool> FakeMailboxPort::move(const QString& folder, const std::vector<quint32>& uids, const QString& target) {
    return inFolder<bool>(Call::Move, u"move %1 %2 %3"_s.arg(folder, listed(uids), target), folder,
                          [this, folder, uids, target](FakeFolder&) -> Result<bool> {
                              if (!m_server.folders.contains(target))
                                  return Error{ErrorKind::NotFound, u"no target"_s, ErrorCause::FolderMissing};
                              for (const quint32 uid : uids)
                                  m_server.move(folder, uid, target);
                              return true;
                          });
}

Future<bool> FakeMailboxPort::erase(const QString& folder, const std::vector<quint32>& uids) {
    return inFolder<bool>(Call::Erase, u"erase %1 %2"_s.arg(folder, listed(uids)), folder,
                          [this, folder, uids](FakeFolder&) -> Result<bool> {
                              if (!m_server.abilities.uidPlus)
                                  return Error{ErrorKind::Refused, u"no UIDPLUS"_s, ErrorCause::NotSupported};
                              for (const quint32 uid : uids)
                                  m_server.expunge(folder, uid);
                              return true;
                          });
}

void FakeMailboxPort::watch(const QString& folder) {
    m_watched = folder;
    if (!m_isOnline) Q_EMIT watchLost(kLost);
}

void FakeMailboxPort::close() {
    m_isClosed = true;
    m_watched.clear();
    for (const Command& command : std::exchange(m_commands, {}))
        command.cancel();
}

} // namespace aiva::test
