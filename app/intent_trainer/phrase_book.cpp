#include "app/intent_trainer/phrase_book.h"

#include <QHash>
#include <QRandomGenerator>
#include <QSet>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace aiva {
namespace {

class PhraseBook {
public:
    explicit PhraseBook(quint32 seed) : m_random(seed) {}

    Result<TrainingSet> mails(const QString& file, int variants) {
        int number = 0;
        for (const QString& raw : file.split(u'\n')) {
            ++number;
            const QString line = raw.simplified();
            if (line.isEmpty() || line.startsWith(u'#')) continue;
            if (!readLine(line, variants)) return Error{ErrorKind::Invalid, u"phrases, line %1"_s.arg(number)};
        }
        return std::move(m_mails);
    }

private:
    bool readLine(const QString& line, int variants) {
        if (line.startsWith(u'[')) {
            const auto intent = intentFromWord(line.mid(1, line.size() - 2));
            m_intents = intent && *intent != Intent::Other ? std::vector{*intent} : std::vector<Intent>();
            return intent.has_value();
        }
        if (line.startsWith(u'@')) {
            const qsizetype equals = line.indexOf(u'=');
            m_sets.insert(line.mid(1, equals - 1).trimmed(), line.mid(equals + 1).trimmed().split(u'|'));
            return equals > 0;
        }
        QSet<QString> seen;
        for (int i = 0; i < variants * 2 && seen.size() < variants; ++i) {
            const auto said = varied(line);
            if (!said) return false;
            if (seen.contains(*said)) continue;
            seen.insert(*said);
            m_mails.push_back({dressed(*said), m_intents, {}});
        }
        return true;
    }

    // Replaces "(a|b)" and then "{set}" until none is left.
    std::optional<QString> varied(QString text) {
        for (qsizetype close = text.indexOf(u')'); close >= 0; close = text.indexOf(u')')) {
            const qsizetype open = text.lastIndexOf(u'(', close);
            if (open < 0) return {};
            text.replace(open, close - open + 1, oneOf(text.mid(open + 1, close - open - 1).split(u'|')));
        }
        for (qsizetype open = text.indexOf(u'{'); open >= 0; open = text.indexOf(u'{')) {
            const qsizetype close = text.indexOf(u'}', open);
            const QString name = text.mid(open + 1, close - open - 1);
            if (close < 0 || !m_sets.contains(name)) return {};
            text.replace(open, close - open + 1, oneOf(m_sets.value(name)));
        }
        return text.simplified();
    }

    // As it stands, or as a letter: greeting, context before or after, closing, name.
    QString dressed(const QString& said) {
        if (m_random.bounded(5) < 2) return said;
        QStringList lines{said};
        if (m_random.bounded(2) == 0) lines.insert(m_random.bounded(2), varied(u"{context}"_s).value_or(QString()));
        if (m_random.bounded(3) > 0) lines.prepend(varied(u"{hello},"_s).value_or(QString()));
        if (m_random.bounded(3) > 0) {
            lines.append(varied(u"{bye}"_s).value_or(QString()));
            if (m_random.bounded(2) == 0) lines.append(varied(u"{name}"_s).value_or(QString()));
        }
        return lines.join(u'\n');
    }

    QString oneOf(const QStringList& list) { return list.at(m_random.bounded(int(list.size()))); }

    QRandomGenerator m_random;
    QHash<QString, QStringList> m_sets;
    std::vector<Intent> m_intents;
    TrainingSet m_mails;
};

} // namespace

Result<TrainingSet> mailsFromPhrases(const QString& file, int variants, quint32 seed) {
    return PhraseBook(seed).mails(file, variants);
}

} // namespace aiva
