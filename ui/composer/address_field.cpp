#include "ui/composer/address_field.h"

#include "core/domain/email_address.h"
#include "core/domain/reply/reply_recipients.h"
#include "ui/composer/address_chip.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/flow_layout.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPointer>
#include <QStringListModel>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {

constexpr int askAfterMs = 120;
constexpr int leastLetters = 2;
constexpr int editWidth = 180;

} // namespace

AddressField::AddressField(const QString& name, QWidget* parent) : QWidget(parent), m_name(name) {
    auto* flow = new FlowLayout(size::grid, this);
    flow->setContentsMargins(0, 0, 0, 0);
    m_edit = new QLineEdit(this);
    m_edit->setAccessibleName(name);
    m_edit->setFrame(false);
    m_edit->setProperty("bare", true);
    m_edit->setMinimumWidth(editWidth);
    m_edit->installEventFilter(this);
    flow->addWidget(m_edit);
    setFocusProxy(m_edit);
    m_pause.setSingleShot(true);
    m_pause.setInterval(askAfterMs);
    connect(&m_pause, &QTimer::timeout, this, &AddressField::ask);
    connect(m_edit, &QLineEdit::textEdited, this, [this](const QString& text) {
        const bool isSeparated = text.contains(u',') || text.contains(u';') || text.contains(u'\n');
        // A comma inside a quoted name separates nothing.
        if (isSeparated && text.count(u'"') % 2 == 0)
            commit();
        else if (m_suggestions && text.trimmed().size() >= leastLetters)
            m_pause.start();
    });
    connect(m_edit, &QLineEdit::editingFinished, this, &AddressField::commit);
}

void AddressField::setAddresses(const QList<MailAddress>& addresses) {
    if (addresses == m_addresses) return;
    m_addresses = addresses;
    build();
}

void AddressField::build() {
    for (AddressChip* chip : findChildren<AddressChip*>()) {
        chip->hide();
        chip->deleteLater();
        layout()->removeWidget(chip);
    }
    layout()->removeWidget(m_edit);
    for (qsizetype i = 0; i < m_addresses.size(); ++i) {
        auto* chip = new AddressChip(m_addresses[i], m_name, this);
        connect(chip, &AddressChip::removeAsked, this, [this, i] { remove(i); });
        connect(chip, &AddressChip::changeAsked, this, [this, i] { change(i); });
        layout()->addWidget(chip);
        chip->show();
    }
    layout()->addWidget(m_edit);
    QWidget* before = this;
    for (int i = 0; i < layout()->count(); ++i) {
        QWidget* next = layout()->itemAt(i)->widget();
        if (before != this) setTabOrder(before, next);
        before = next;
    }
    updateGeometry();
}

void AddressField::add(const QList<MailAddress>& addresses) {
    bool isNew = false;
    for (const MailAddress& address : addresses) {
        const QString key = normalizedEmail(address.email);
        const bool isKnown =
            !key.isEmpty() && std::any_of(m_addresses.begin(), m_addresses.end(),
                                          [&](const auto& one) { return normalizedEmail(one.email) == key; });
        if (isKnown) continue;
        m_addresses.append(address);
        isNew = true;
    }
    if (!isNew) return;
    build();
    Q_EMIT changed();
}

void AddressField::commit() {
    m_pause.stop();
    ++m_asked;
    const QList<MailAddress> typed = addressesFromText(m_edit->text());
    m_edit->clear();
    if (!typed.isEmpty()) add(typed);
}

void AddressField::remove(qsizetype index) {
    m_addresses.removeAt(index);
    build();
    m_edit->setFocus(Qt::OtherFocusReason);
    Q_EMIT changed();
}

void AddressField::change(qsizetype index) {
    const MailAddress address = m_addresses[index];
    remove(index);
    m_edit->setText(address.email.isEmpty() ? address.name : addressText(address));
}

void AddressField::ask() {
    if (!m_suggestions) return;
    const quint64 number = ++m_asked;
    const QString text = m_edit->text().trimmed();
    m_suggestions(text, [self = QPointer<AddressField>(this), number](const QList<MailAddress>& found) {
        if (!self || number != self->m_asked || !self->m_edit->hasFocus()) return;
        if (self->m_completer == nullptr) {
            self->m_suggested = new QStringListModel(self);
            self->m_completer = new QCompleter(self->m_suggested, self);
            self->m_completer->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
            self->m_completer->setWidget(self->m_edit);
            connect(self->m_completer, qOverload<const QString&>(&QCompleter::activated), self,
                    [self](const QString& chosen) {
                        self->m_edit->setText(chosen);
                        self->commit();
                    });
        }
        QStringList lines;
        for (const MailAddress& address : found)
            lines << addressText(address);
        self->m_suggested->setStringList(lines);
        if (lines.isEmpty())
            self->m_completer->popup()->hide();
        else
            self->m_completer->complete();
    });
}

bool AddressField::editKey(int key) {
    const bool isPopupOpen = m_completer != nullptr && m_completer->popup()->isVisible();
    switch (key) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (isPopupOpen) return false;
        commit();
        return true;
    case Qt::Key_Backspace:
        if (!m_edit->text().isEmpty() || m_addresses.isEmpty()) return false;
        remove(m_addresses.size() - 1);
        return true;
    case Qt::Key_Left:
        if (m_edit->cursorPosition() > 0 || m_edit->hasSelectedText() || m_addresses.isEmpty()) return false;
        layout()->itemAt(layout()->count() - 2)->widget()->setFocus(Qt::BacktabFocusReason);
        return true;
    default:
        return false;
    }
}

bool AddressField::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_edit && event->type() == QEvent::KeyPress && editKey(static_cast<QKeyEvent*>(event)->key()))
        return true;
    return QWidget::eventFilter(watched, event);
}

} // namespace aiva
