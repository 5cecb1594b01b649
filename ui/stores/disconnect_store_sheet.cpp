#include "ui/stores/disconnect_store_sheet.h"

#include "ui/errors/error_text.h"
#include "ui/stores/store_text.h"
#include "ui/widgets/subtle_button.h"

#include <QBoxLayout>

namespace aiva {

namespace {

constexpr int disconnectWidth = 440;

// Without its keys a request of the shop cannot be proved: nobody but a person deletes what stays.
QString deletionText(const StoreRow& store) {
    return DisconnectStoreSheet::tr("What stays is yours to delete, also when the shop asks for it later: "
                                    "aivactl privacy drop-store %1")
        .arg(store.id.value());
}

} // namespace

DisconnectStoreSheet::DisconnectStoreSheet(StoreDesk& desk, const StoreView& store, QWidget* parent)
    : Sheet(tr("Disconnect %1?").arg(storeTitle(store.store)), parent)
    , m_desk(desk)
    , m_store(store.store.id)
    , m_kind(store.store.kind)
    , m_confirm(new SubtleButton(tr("Disconnect"), SubtleButton::Look::Subtle, this))
    , m_keep(new SubtleButton(tr("Keep it"), SubtleButton::Look::Primary, this))
    , m_state(new TextBlock(TextStyle::Meta, &Colors::textPrimary, this)) {
    setFixedWidth(disconnectWidth);
    for (const QString& line :
         {tr("Stays: everything cached (%1) and every conversation. It can be read, searched and answered as before.")
              .arg(storeCountsText(store)),
          m_kind == StoreKind::WooCommerce
              ? tr("Goes: the access to the shop. Aiva takes back what the shop was asked to tell, forgets its key "
                   "here, and stops syncing. The key itself stays valid until you delete it in the shop.")
              : tr("Goes: the access to the shop. Aiva takes back what the shop was asked to tell, gives the access "
                   "back, forgets its keys here, and stops syncing."),
          tr("Connecting the same shop again goes on where it stopped."), deletionText(store.store)}) {
        auto* text = new TextBlock(TextStyle::Dense, &Colors::textSecondary, this);
        text->setText(line);
        body()->addWidget(text);
    }
    m_state->hide();
    body()->addWidget(m_state);
    foot()->addStretch();
    foot()->addWidget(m_confirm);
    foot()->addWidget(m_keep);
    m_keep->setFocus(Qt::OtherFocusReason);
    connect(m_keep, &QAbstractButton::clicked, this, &QDialog::reject);
    connect(m_confirm, &QAbstractButton::clicked, this, &DisconnectStoreSheet::confirm);
}

void DisconnectStoreSheet::say(const QString& text, ColorRole color) {
    m_state->setColor(color);
    m_state->setText(text);
    m_state->show();
    grow();
}

void DisconnectStoreSheet::reject() {
    if (!m_isParting) Sheet::reject();
}

void DisconnectStoreSheet::confirm() {
    m_isParting = true;
    m_confirm->setEnabled(false);
    m_keep->setEnabled(false);
    say(tr("Disconnecting…"), &Colors::textPrimary);
    whenDone(m_desk.disconnectStore(m_store), this, [this](const Result<bool>& revoked) { showEnd(revoked); });
}

void DisconnectStoreSheet::showEnd(const Result<bool>& revoked) {
    m_isParting = false;
    if (revoked && *revoked) return accept();
    m_keep->setEnabled(true);
    m_keep->setFocus(Qt::OtherFocusReason);
    if (!revoked) {
        m_confirm->setEnabled(true);
        return say(errorSentence(revoked.error()), &Colors::warning);
    }
    // Disconnected here, but the shop did not hear of it; WooCommerce cannot be told to forget a key.
    m_confirm->hide();
    m_keep->setText(tr("Close"));
    const QString key = tr("Disconnected. Delete the key in WordPress, too, under WooCommerce › Settings › Advanced › "
                           "REST API: it stays valid until then.");
    const QString app = tr("Disconnected. The shop could not be told: to be sure, uninstall the app in its admin under "
                           "Settings › Apps.");
    say(m_kind == StoreKind::WooCommerce ? key : app, &Colors::warning);
}

} // namespace aiva
