#include "ui/stores/rename_sheet.h"

#include "ui/errors/error_text.h"
#include "ui/stores/store_text.h"
#include "ui/widgets/form_field.h"
#include "ui/widgets/subtle_button.h"

#include <QBoxLayout>
#include <QLineEdit>

namespace aiva {

namespace {
constexpr int renameWidth = 400;
constexpr int longestName = 80;
} // namespace

RenameSheet::RenameSheet(StoreDesk& desk, const StoreRow& store, QWidget* parent)
    : Sheet(tr("Rename %1").arg(storeTitle(store)), parent)
    , m_desk(desk)
    , m_store(store.id)
    , m_name(new QLineEdit(store.name, this))
    , m_field(new FormField(tr("Name"), m_name, tr("Only here: the shop keeps its own."), this))
    , m_save(new SubtleButton(tr("Rename"), SubtleButton::Look::Primary, this)) {
    setFixedWidth(renameWidth);
    m_name->setMaxLength(longestName);
    body()->addWidget(m_field);
    auto* cancel = new SubtleButton(tr("Cancel"), SubtleButton::Look::Subtle, this);
    foot()->addStretch();
    foot()->addWidget(cancel);
    foot()->addWidget(m_save);
    const auto show = [this] {
        m_save->setEnabled(!m_name->text().trimmed().isEmpty());
        m_field->setTrouble({});
    };
    show();
    m_name->selectAll();
    m_name->setFocus(Qt::OtherFocusReason);
    connect(m_name, &QLineEdit::textChanged, this, show);
    connect(m_name, &QLineEdit::returnPressed, this, &RenameSheet::save);
    connect(cancel, &QAbstractButton::clicked, this, &QDialog::reject);
    connect(m_save, &QAbstractButton::clicked, this, &RenameSheet::save);
}

void RenameSheet::save() {
    const QString name = m_name->text().trimmed();
    if (name.isEmpty()) return;
    m_save->setEnabled(false);
    whenDone(m_desk.renameStore(m_store, name), this, [this](const Result<bool>& renamed) {
        m_save->setEnabled(true);
        if (renamed) return accept();
        m_field->setTrouble(errorSentence(renamed.error()));
        grow();
    });
}

} // namespace aiva
