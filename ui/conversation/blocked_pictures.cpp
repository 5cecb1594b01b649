#include "ui/conversation/blocked_pictures.h"

#include "core/domain/html/html_tokenizer.h"
#include "ui/theme/theme.h"
#include "ui/widgets/line_label.h"
#include "ui/widgets/subtle_button.h"

#include <QBoxLayout>
#include <QRegularExpression>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {

constexpr int mostFetched = 60; // of one mail
constexpr int invisible = 2;    // pixels a side

bool isTiny(const HtmlToken& image, QLatin1String side) {
    bool isNumber = false;
    const int pixels = image.attribute(side).trimmed().toInt(&isNumber);
    return isNumber && pixels <= invisible;
}

bool isTracker(const HtmlToken& image) {
    return isTiny(image, "width"_L1) || isTiny(image, "height"_L1);
}

} // namespace

BlockedPictures blockedPictures(const QString& safeHtml) {
    BlockedPictures blocked;
    HtmlTokenizer tokens(safeHtml);
    HtmlToken token;
    while (tokens.next(token)) {
        if (token.kind != HtmlToken::Kind::StartTag || token.name != "img"_L1) continue;
        const QUrl address(token.attribute("data-blocked-src"_L1));
        if (address.isEmpty()) continue;
        if (isTracker(token)) {
            ++blocked.trackers;
            continue;
        }
        ++blocked.count;
        if (blocked.addresses.size() < mostFetched && !blocked.addresses.contains(address))
            blocked.addresses.append(address);
    }
    return blocked;
}

QString withPicturesLetIn(const QString& safeHtml) {
    static const QRegularExpression image(u"<img\\b[^>]*>"_s); // sanitised: '<' always begins a tag, '>' ends it
    QString shown;
    shown.reserve(safeHtml.size());
    qsizetype done = 0;
    for (auto it = image.globalMatch(safeHtml); it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        shown += QStringView(safeHtml).sliced(done, match.capturedStart() - done);
        done = match.capturedEnd();
        QString tag = match.captured();
        HtmlTokenizer tokens(tag);
        HtmlToken token;
        if (tokens.next(token) && !isTracker(token)) tag.replace(" data-blocked-src=\""_L1, " src=\""_L1);
        shown += tag;
    }
    shown += QStringView(safeHtml).sliced(done);
    return shown;
}

BlockedPicturesLine::BlockedPicturesLine(BlockedPictures blocked, Source source, QWidget* parent)
    : QWidget(parent), m_blocked(std::move(blocked)), m_source(std::move(source)) {
    auto* line = new QHBoxLayout(this);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(2 * size::grid);
    m_text = textLabel({}, TextStyle::MonoMicro, &Colors::textMuted, this);
    m_load = new SubtleButton({}, SubtleButton::Look::Quiet, this);
    m_load->setToolTip(tr("Whoever sent the mail can then see that it was read, when, and from where."));
    line->addWidget(m_text);
    line->addWidget(m_load);
    line->addStretch();
    connect(m_load, &QAbstractButton::clicked, this, &BlockedPicturesLine::load);
    showState();
}

void BlockedPicturesLine::load() {
    m_wasAsked = true;
    QList<QUrl> wanted;
    for (const QUrl& address : m_blocked.addresses)
        if (!m_arrived.contains(address)) wanted.append(address);
    m_pending = static_cast<int>(wanted.size());
    showState();
    for (const QUrl& address : wanted)
        whenDone(m_source(address), this,
                 [this, address](const Result<QByteArray>& content) { take(address, content); });
}

void BlockedPicturesLine::take(const QUrl& address, const Result<QByteArray>& content) {
    if (content) m_arrived.insert(address, *content);
    if (--m_pending > 0) return;
    showState();
    Q_EMIT loaded();
}

void BlockedPicturesLine::showState() {
    const auto missing = static_cast<int>(m_blocked.addresses.size() - m_arrived.size());
    const bool isLoading = m_pending > 0;
    QString text;
    if (isLoading)
        text = tr("Loading pictures…");
    else if (missing > 0 && m_wasAsked)
        text = missing == 1 ? tr("1 picture could not be loaded")
                            : tr("%n pictures could not be loaded", nullptr, missing);
    else if (missing > 0)
        text = m_blocked.count == 1 ? tr("1 picture from the network is not loaded")
                                    : tr("%n pictures from the network are not loaded", nullptr, m_blocked.count);
    else if (m_blocked.trackers > 0)
        text = m_blocked.trackers == 1 ? tr("1 tracking picture stays blocked")
                                       : tr("%n tracking pictures stay blocked", nullptr, m_blocked.trackers);
    m_text->setText(text);
    m_load->setText(m_wasAsked ? tr("Try again") : tr("Load pictures"));
    m_load->setVisible(m_source && missing > 0 && !isLoading);
    setVisible(!text.isEmpty());
}

} // namespace aiva
