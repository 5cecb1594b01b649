// All mail of a sandbox, newest thread first: the hand-written stories, then as many ordinary threads as are asked for.
// Streams threads, so a large mailbox needs little memory. Used by maildir.cpp.
#pragma once

#include "app/sandbox/mail/letter.h"
#include "app/sandbox/mail/situations.h"
#include "app/sandbox/mail/stories.h"
#include "app/sandbox/world/world.h"

#include <functional>

namespace aiva::sandbox {

class MailWriter {
public:
    MailWriter(const World& world, const SandboxOptions& options);

    // Letters of one thread, oldest first. Return false to stop.
    using Take = std::function<bool(const std::vector<Letter>& thread)>;
    void write(const Take& take) const;

private:
    std::vector<Letter> storyThread(const Story& story) const;
    std::vector<Letter> plainThread(std::uint64_t number, UtcTime when) const;
    std::optional<std::int64_t> orderNear(UtcTime when, Random& random) const;
    std::optional<WorldOrder> orderOf(const Story& story) const;
    Mailbox correspondent(const Story& story, const std::optional<WorldOrder>& order) const;
    Letter confirmation(const WorldOrder& order, const Mailbox& to) const;
    Letter letter(const Mailbox& from, const Mailbox& to, std::string subject, UtcTime date) const;
    void reply(std::vector<Letter>& thread, Letter next, std::string_view language) const;

    const World& m_world;
    const SandboxOptions& m_options;
    Mailbox m_shop;
};

} // namespace aiva::sandbox
