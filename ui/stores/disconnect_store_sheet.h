// Asks before a store is disconnected, and says what stays and what goes (C7).
#pragma once

#include "core/desk/stores/store_desk.h"
#include "core/readmodel/store_query.h"
#include "ui/widgets/sheet.h"
#include "ui/widgets/text_label.h"

namespace aiva {

class SubtleButton;

class DisconnectStoreSheet final : public Sheet {
    Q_OBJECT
public:
    DisconnectStoreSheet(StoreDesk& desk, const StoreView& store, QWidget* parent);
    SubtleButton* confirmButton() const { return m_confirm; }
    SubtleButton* keepButton() const { return m_keep; }
    void reject() override; // not while it happens: what came of it would be told to nobody

private:
    void say(const QString& text, ColorRole color);
    void confirm();
    void showEnd(const Result<bool>& revoked);

    StoreDesk& m_desk;
    const StoreId m_store;
    const StoreKind m_kind;
    SubtleButton* m_confirm;
    SubtleButton* m_keep;
    TextBlock* m_state; // and what is left to be done in the shop
    bool m_isParting = false;
};

} // namespace aiva
