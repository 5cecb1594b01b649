#include "core/desk/spelling.h"

#include <QLocale>

namespace aiva {

Spelling::Spelling(std::function<std::unique_ptr<SpellingPort>()> port) : m_makePort(std::move(port)) {}

Spelling::~Spelling() {
    if (!m_thread.isRunning()) return;
    // What lives on the thread is let go there.
    QMetaObject::invokeMethod(
        &m_context, [this] { m_port.reset(); }, Qt::BlockingQueuedConnection);
    m_thread.quit();
    m_thread.wait();
}

void Spelling::start() {
    if (m_thread.isRunning()) return;
    m_thread.setObjectName(QStringLiteral("spelling"));
    m_context.moveToThread(&m_thread);
    m_thread.start(QThread::LowPriority);
}

QString Spelling::dictionaryFor(const QString& language) {
    if (!m_port) m_port = m_makePort();
    return nearestLanguage(language, m_port->languages(), QLocale::system().name().section(QLatin1Char('_'), 1, 1));
}

Future<std::vector<WordSpan>> Spelling::mistakes(const QString& language, const QString& text) {
    start();
    auto promise = std::make_shared<QPromise<Result<std::vector<WordSpan>>>>();
    promise->start();
    QMetaObject::invokeMethod(
        &m_context,
        [this, promise, language, text] {
            std::vector<WordSpan> unknown;
            const QString dictionary = dictionaryFor(language);
            if (!dictionary.isEmpty())
                for (const WordSpan& span : wordsToSpell(text))
                    if (!m_port->isKnown(dictionary, text.mid(span.start, span.length))) unknown.push_back(span);
            promise->addResult(Result<std::vector<WordSpan>>(std::move(unknown)));
            promise->finish();
        },
        Qt::QueuedConnection);
    return promise->future();
}

Future<QStringList> Spelling::suggestions(const QString& language, const QString& word) {
    start();
    auto promise = std::make_shared<QPromise<Result<QStringList>>>();
    promise->start();
    QMetaObject::invokeMethod(
        &m_context,
        [this, promise, language, word] {
            const QString dictionary = dictionaryFor(language);
            promise->addResult(
                Result<QStringList>(dictionary.isEmpty() ? QStringList() : m_port->suggestions(dictionary, word)));
            promise->finish();
        },
        Qt::QueuedConnection);
    return promise->future();
}

QString nearestLanguage(const QString& language, const QStringList& installed, const QString& country) {
    if (language.isEmpty()) return {};
    if (installed.contains(language)) return language;
    const QString bare = language.section(QLatin1Char('_'), 0, 0);
    const QString here = bare + QLatin1Char('_') + country;
    if (installed.contains(here)) return here;
    for (const QString& name : installed)
        if (name == bare || name.startsWith(bare + QLatin1Char('_'))) return name;
    return {};
}

} // namespace aiva
