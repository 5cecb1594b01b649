#include "ui/stores/disconnect_store_sheet.h"

#include "ui/error_text.h"
#include "ui/stores/store_text.h"
#include "ui/widgets/subtle_button.h"
#include "ui/widgets/text_label.h"

#include <QBoxLayout>

namespace aiva {

namespace {
constexpr int disconnectWidth = 440;
}

DisconnectStoreSheet::DisconnectStoreSheet(StoreDesk& desk, const StoreView& store, QWidget* parent)
    : Sheet(tr("Disconnect %1?").arg(storeTitle(store.store)), parent)
    , m_desk(desk)
    , m_store(store.store.id)
    , m_kind(store.store.kind)
    , m_confirm(new SubtleButton(tr("Disconnect"), SubtleButton::Look::Subtle, this))
    , m_keep(new SubtleButton(tr("Keep it"), SubtleButton::Look::Primary, this))
    , m_trouble(new TextBlock(TextStyle::Meta, &Colors::warning, this)) {
    setFixedWidth(disconnectWidth);
    for (const QString& line :
         {tr("Stays: everything cached (%1) and every conversation. It can be read, searched and answered as before.")
              .arg(storeCountsText(store)),
          m_kind == StoreKind::WooCommerce
              ? tr("Goes: the access to the shop. Aiva takes back what the shop was asked to tell, forgets its key "
                   "here, and stops syncing. The key itself stays valid until you delete it in the shop.")
              : tr("Goes: the access to the shop. Aiva takes back what the shop was asked to tell, gives the access "
                   "back, forgets its keys here, and stops syncing."),
          tr("Connecting the same shop again goes on where it stopped.")}) {
        auto* text = new TextBlock(TextStyle::Dense, &Colors::textSecondary, this);
        text->setText(line);
        body()->addWidget(text);
    }
    m_trouble->hide();
    body()->addWidget(m_trouble);
    foot()->addStretch();
    foot()->addWidget(m_confirm);
    foot()->addWidget(m_keep);
    m_keep->setFocus(Qt::OtherFocusReason);
    connect(m_keep, &QAbstractButton::clicked, this, &QDialog::reject);
    connect(m_confirm, &QAbstractButton::clicked, this, &DisconnectStoreSheet::confirm);
}

void DisconnectStoreSheet::confirm() {
    m_confirm->setEnabled(false);
    m_keep->setEnabled(false);
    whenDone(m_desk.disconnectStore(m_store), this, [this](const Result<bool>& revoked) { showEnd(revoked); });
}

void DisconnectStoreSheet::showEnd(const Result<bool>& revoked) {
    if (revoked && *revoked) return accept();
    m_keep->setEnabled(true);
    m_trouble->show();
    if (!revoked) {
        m_confirm->setEnabled(true);
        m_trouble->setText(errorSentence(revoked.error()));
        return;
    }
    // Disconnected here, but the shop did not hear of it; WooCommerce cannot be told to forget a key.
    m_trouble->setText(m_kind == StoreKind::WooCommerce
                           ? tr("Disconnected. Delete the key in WordPress, too, under WooCommerce › Settings › "
                                "Advanced › REST API: it stays valid until then.")
                           : tr("Disconnected. The shop could not be told: to be sure, uninstall the app in its admin "
                                "under Settings › Apps."));
    m_confirm->hide();
    m_keep->setText(tr("Close"));
    m_keep->setFocus(Qt::OtherFocusReason);
}

} // namespace aiva
