#include "ui/composer/link_sheet.h"

#include "ui/widgets/form_field.h"
#include "ui/widgets/subtle_button.h"

#include <QBoxLayout>
#include <QLineEdit>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {
constexpr int sheetWidth = 400;
}

LinkSheet::LinkSheet(const QString& address, QWidget* parent)
    : Sheet(tr("Link"), parent), m_address(new QLineEdit(address, this)) {
    setFixedWidth(sheetWidth);
    m_address->setPlaceholderText(u"https://"_s);
    body()->addWidget(new FormField(tr("Address of the page"), m_address, tr("Empty removes the link.")));
    auto* cancel = new SubtleButton(tr("Cancel"), SubtleButton::Look::Subtle, this);
    auto* set = new SubtleButton(tr("Set link"), SubtleButton::Look::Primary, this);
    foot()->addStretch();
    foot()->addWidget(cancel);
    foot()->addWidget(set);
    m_address->selectAll();
    m_address->setFocus(Qt::OtherFocusReason);
    connect(m_address, &QLineEdit::returnPressed, set, &QAbstractButton::click);
    connect(cancel, &QAbstractButton::clicked, this, &QDialog::reject);
    connect(set, &QAbstractButton::clicked, this, [this] {
        Q_EMIT chosen(m_address->text());
        accept();
    });
}

} // namespace aiva
