// Spelling: judges words on a thread of its own, so that typing never waits for a dictionary. Owned by app, asked on
// the GUI thread; the thread and its dictionaries come up with the first question.
#pragma once

#include "core/base/async.h"
#include "core/domain/reply/spelling_words.h"
#include "core/ports/spelling_port.h"

#include <QThread>

#include <functional>
#include <memory>
#include <vector>

namespace aiva {

class Spelling {
public:
    explicit Spelling(std::function<std::unique_ptr<SpellingPort>()> port);
    ~Spelling(); // ends the thread after the current question
    Spelling(const Spelling&) = delete;
    Spelling& operator=(const Spelling&) = delete;

    // Unknown words of the text. `language` as "de" or "de_AT": the nearest dictionary; without one, nothing is wrong.
    Future<std::vector<WordSpan>> mistakes(const QString& language, const QString& text);
    Future<QStringList> suggestions(const QString& language, const QString& word);

private:
    void start();
    QString dictionaryFor(const QString& language);

    std::function<std::unique_ptr<SpellingPort>()> m_makePort;
    QThread m_thread;
    QObject m_context; // lives on the thread: what is posted to it runs there
    std::unique_ptr<SpellingPort> m_port;
};

// The installed language nearest to the one asked for: itself, the same language of `country`, any of the same
// language; empty when there is none.
QString nearestLanguage(const QString& language, const QStringList& installed, const QString& country);

} // namespace aiva
