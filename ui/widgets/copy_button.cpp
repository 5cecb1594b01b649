#include "ui/widgets/copy_button.h"

#include "ui/theme/tokens.h"

#include <QClipboard>
#include <QGuiApplication>

namespace aiva {

CopyButton::CopyButton(QWidget* parent) : SubtleButton({}, Look::Subtle, parent) {
    m_backToLabel.setSingleShot(true);
    m_backToLabel.setInterval(duration::copied);
    connect(&m_backToLabel, &QTimer::timeout, this, &CopyButton::rest);
    connect(this, &QAbstractButton::clicked, this, &CopyButton::copy);
}

void CopyButton::setOffer(const QString& label, const QString& textToCopy, const QString& spokenName) {
    const bool same = m_text == textToCopy;
    m_label = label;
    m_text = textToCopy;
    m_offerName = spokenName;
    // A refresh with the same link must not cut "Copied" short.
    if (!same || !m_backToLabel.isActive()) rest();
}

void CopyButton::copy() {
    QGuiApplication::clipboard()->setText(m_text);
    setText(tr("Copied"));
    setGlyph(Icon::Check);
    setSpokenName(tr("Copied"));
    m_backToLabel.start();
    Q_EMIT copied(m_text);
}

void CopyButton::rest() {
    m_backToLabel.stop();
    setText(m_label);
    setGlyph(std::nullopt);
    setSpokenName(m_offerName);
}

} // namespace aiva
