#include "core/answer/playbooks/playbook_book.h"

#include "core/answer/playbooks/playbook_file.h"

#include <QDir>
#include <QFile>

#include <algorithm>

// A static library's resources are not registered unless something names them; the macro works at global scope only.
static void registerPlaybookFiles() {
    Q_INIT_RESOURCE(aiva_playbooks);
}

namespace aiva {

using namespace Qt::StringLiterals;

Result<PlaybookBook> PlaybookBook::shipped() {
    registerPlaybookFiles();
    std::vector<Playbook> playbooks;
    const QDir folder(u":/playbooks"_s);
    for (const QString& name : folder.entryList({u"*.playbook"_s}, QDir::Files, QDir::Name)) {
        QFile file(folder.filePath(name));
        if (!file.open(QIODevice::ReadOnly)) return Error{ErrorKind::Internal, u"unreadable resource "_s + name};
        AIVA_TRY(Playbook playbook, parsePlaybook(name, QString::fromUtf8(file.readAll())));
        playbooks.push_back(std::move(playbook));
    }
    if (playbooks.empty()) return Error{ErrorKind::Internal, u"no playbook is compiled in"_s};
    return of(std::move(playbooks));
}

Result<PlaybookBook> PlaybookBook::of(std::vector<Playbook> playbooks) {
    std::sort(playbooks.begin(), playbooks.end(), [](const Playbook& a, const Playbook& b) { return a.name < b.name; });
    const auto twice = std::adjacent_find(playbooks.begin(), playbooks.end(),
                                          [](const Playbook& a, const Playbook& b) { return a.name == b.name; });
    if (twice != playbooks.end()) return Error{ErrorKind::Invalid, u"two playbooks named "_s + twice->name};
    return PlaybookBook(std::move(playbooks));
}

const Playbook* PlaybookBook::byName(const QString& name) const {
    const auto found = std::find_if(m_playbooks.begin(), m_playbooks.end(),
                                    [&](const Playbook& playbook) { return playbook.name == name; });
    return found == m_playbooks.end() ? nullptr : &*found;
}

Result<void> PlaybookBook::setText(const QString& playbook, const QString& language, const QString& text) {
    if (!byName(playbook)) return Error{ErrorKind::NotFound, u"no playbook \"%1\""_s.arg(playbook)};
    if (!playbookLanguages().contains(language))
        return Error{ErrorKind::NotFound, u"playbooks speak no \"%1\""_s.arg(language)};
    if (text.trimmed().isEmpty()) {
        m_ownTexts.remove({playbook, language});
        return {};
    }
    if (const QString problem = problemOfPlaybookText(text); !problem.isEmpty())
        return Error{ErrorKind::Invalid, problem};
    m_ownTexts.insert({playbook, language}, text.trimmed());
    return {};
}

QString PlaybookBook::text(const Playbook& playbook, const QString& language) const {
    const QString spoken =
        playbookLanguages().contains(language) ? language : QString::fromUtf16(kPlaybookFallbackLanguage);
    return m_ownTexts.value({playbook.name, spoken}, playbook.texts.value(spoken));
}

} // namespace aiva
