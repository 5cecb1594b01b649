#include "ui/widgets/avatar.h"

#include "ui/theme/icon.h"
#include "ui/theme/painting.h"
#include "ui/theme/theme.h"

#include <QLocale>
#include <QPainter>
#include <QTextBoundaryFinder>

namespace aiva {
namespace {

bool startsWithLetter(QStringView grapheme) {
    if (grapheme.isEmpty()) return false;
    const char32_t first = grapheme.size() > 1 && grapheme[0].isHighSurrogate()
                               ? QChar::surrogateToUcs4(grapheme[0], grapheme[1])
                               : grapheme[0].unicode();
    return QChar::isLetterOrNumber(first);
}

// The word's first grapheme that is a letter or digit, with its accents and joiners.
QString firstLetter(const QString& word) {
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, word);
    qsizetype start = 0;
    while (finder.toNextBoundary() > 0) {
        const QStringView grapheme = QStringView(word).mid(start, finder.position() - start);
        if (startsWithLetter(grapheme)) return grapheme.toString().toUpper();
        start = finder.position();
    }
    return {};
}

} // namespace

QString initialsOf(const QString& name, const QString& email) {
    QStringList letters;
    for (const QString& word : name.split(u' ', Qt::SkipEmptyParts))
        if (const QString letter = firstLetter(word); !letter.isEmpty()) letters << letter;
    if (letters.size() >= 2) return letters.first() + letters.last();
    if (letters.size() == 1) return letters.first();
    return firstLetter(email);
}

Avatar::Avatar(QWidget* parent) : QWidget(parent) {
    describe(this);
    setFixedSize(sizeHint());
}

void Avatar::setPerson(const QString& name, const QString& email) {
    const QString initials = initialsOf(name, email);
    if (m_initials == initials) return;
    m_initials = initials;
    update();
}

AccessibleFace Avatar::face() const {
    return {QAccessible::Graphic, m_initials, {}, {}, Expansion::None};
}

QSize Avatar::sizeHint() const {
    return {size::avatar, size::avatar};
}

void Avatar::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const Colors& c = Theme::colors();
    fillRounded(painter, rect(), size::radiusCard, c.avatar);
    if (m_initials.isEmpty())
        drawIcon(painter, Icon::Person, QRectF(rect()).adjusted(10, 10, -10, -10), c.textSecondary);
    else
        drawLine(painter, rect(), m_initials, Theme::font(TextStyle::Title), c.textPrimary, Qt::AlignHCenter);
}

} // namespace aiva
