#include "ui/shell/passphrase_window.h"

#include "ui/widgets/line_label.h"
#include "ui/widgets/subtle_button.h"

#include <QBoxLayout>
#include <QLineEdit>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {
constexpr int passphraseColumnWidth = 400;
}

PassphraseWindow::PassphraseWindow(const QString& dir)
    : m_field(new QLineEdit)
    , m_open(new SubtleButton(tr("Open"), SubtleButton::Look::Primary))
    , m_refusal(textLabel({}, TextStyle::Dense, &Colors::warning)) {
    setWindowTitle(u"Aiva"_s);
    setAccessibleName(tr("Passphrase"));
    auto* middle = new QWidget;
    middle->setMaximumWidth(passphraseColumnWidth);
    auto* column = new QVBoxLayout(middle);
    column->setSpacing(3 * size::grid);
    column->addWidget(textLabel(tr("This workspace has a passphrase"), TextStyle::Title, &Colors::textPrimary));
    m_field->setEchoMode(QLineEdit::Password);
    m_field->setAccessibleName(tr("Passphrase"));
    m_field->setPlaceholderText(tr("Passphrase"));
    auto* line = new QHBoxLayout;
    line->addWidget(m_field, 1);
    line->addWidget(m_open);
    column->addLayout(line);
    column->addWidget(m_refusal);
    auto* place = textLabel(tr("Workspace: %1").arg(dir), TextStyle::Meta, &Colors::textMuted);
    place->setWordWrap(true);
    column->addWidget(place);
    auto* across = new QHBoxLayout;
    across->addStretch();
    across->addWidget(middle, 1);
    across->addStretch();
    auto* whole = new QVBoxLayout(this);
    whole->addStretch(2);
    whole->addLayout(across);
    whole->addStretch(3);
    resize(passphraseColumnWidth * 2, size::inbox * 2);
    connect(m_field, &QLineEdit::returnPressed, this, &PassphraseWindow::enter);
    connect(m_open, &QAbstractButton::clicked, this, &PassphraseWindow::enter);
    m_field->setFocus();
}

void PassphraseWindow::enter() {
    if (m_field->text().isEmpty()) return;
    QByteArray typed = m_field->text().toUtf8();
    m_field->clear();
    m_refusal->clear();
    Q_EMIT entered(SecretString::takeFrom(typed));
}

void PassphraseWindow::refuse() {
    m_refusal->setText(tr("That passphrase does not open it. Nothing was changed."));
    m_field->setFocus();
}

} // namespace aiva
