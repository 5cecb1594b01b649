#include "core/answer/facts/question_words.h"

#include <QSet>

#include <algorithm>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

// Said in any mail and therefore about nothing.
const QSet<QString>& commonWords() {
    static const QStringList list =
        u"about after again aber all also and any are auch avec been bitte bonjour but can como con could danke dans "
        "dass dear del der des did die das does ein eine est for from gracias get habe haben had has hallo have hello "
        "hola how ich ist its just kind know las les like los mais mein meine merci mine mit nicht noch not nous one "
        "our out par para pas pero please por pour que regards sein sie some still sur thank thanks that the their "
        "them then there they this two una und une vous want wann was were what when where which who why will wir wird "
        "with would yes you your yours votre von"_s.split(u' ');
    static const QSet<QString> words(list.begin(), list.end());
    return words;
}

QStringList wordsOf(const QString& text) {
    QStringList words;
    QString word;
    for (const QChar c : text.toLower() + u' ') {
        if (c.isLetterOrNumber())
            word += c;
        else if (!word.isEmpty())
            words.append(std::exchange(word, {}));
    }
    return words;
}

// Endings differ ("return", "returned", "returning"), beginnings do not.
QString beginningOf(const QString& word) {
    return word.left(std::max<qsizetype>(4, word.size() - 3));
}

} // namespace

QStringList questionWords(const QString& question, int most) {
    QStringList beginnings;
    const QStringList words = wordsOf(question.left(4'000));
    for (const QString& word : words) {
        if (beginnings.size() >= most) break;
        if (word.size() < 3 || word.size() > 40 || commonWords().contains(word)) continue;
        const QString beginning = beginningOf(word);
        if (!beginnings.contains(beginning)) beginnings.append(beginning);
    }
    return beginnings;
}

bool mentions(const QStringList& words, const QString& title) {
    QStringList titleWords = wordsOf(title);
    titleWords.removeIf([](const QString& word) { return word.size() < 3 || commonWords().contains(word); });
    if (titleWords.isEmpty()) return false;
    const auto said = std::count_if(titleWords.begin(), titleWords.end(),
                                    [&](const QString& word) { return words.contains(beginningOf(word)); });
    return 2 * said >= titleWords.size();
}

} // namespace aiva
