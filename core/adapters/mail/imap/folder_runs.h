// Work on folders as such: logging in, listing, state, creating. Begun by ImapMailbox.
#pragma once

#include "core/adapters/mail/imap/imap_run.h"

namespace aiva {

class OpenRun final : public AnsweringRun<MailboxAbilities> {
public:
    explicit OpenRun(ImapAnswer<MailboxAbilities> answer) : AnsweringRun({}, std::move(answer)) {}

private:
    void begin() override { answer(session().abilities()); }
};

class ListRun final : public AnsweringRun<std::vector<MailFolder>> {
public:
    explicit ListRun(ImapAnswer<std::vector<MailFolder>> answer) : AnsweringRun({}, std::move(answer)) {}

private:
    void begin() override;
    void take(const ImapResponse& response);
    void finish();

    std::vector<MailFolder> m_folders;
};

class FolderStateRun final : public AnsweringRun<FolderState> {
public:
    using AnsweringRun::AnsweringRun;

private:
    void begin() override;
};

class CreateFolderRun final : public AnsweringRun<bool> {
public:
    using AnsweringRun::AnsweringRun;

private:
    void begin() override;
    void lookForIt(const Error& error);
};

} // namespace aiva
