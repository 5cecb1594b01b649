// The line at the bottom: what sync is doing, what the stores hold, what waits in the outbox, whether sending is paused
// or we are offline. Shows what it is told.
#pragma once

#include "core/base/clock.h"
#include "core/desk/desk_values.h"
#include "core/desk/mail/mail_values.h"
#include "core/readmodel/store_query.h"
#include "ui/answer_settings/auto_send_section.h"
#include "ui/widgets/status_dot.h"

#include <QMap>
#include <QWidget>

class QLabel;

namespace aiva {

class ElidedLabel;
class PulsingDot;
class SubtleButton;

class StatusLine final : public QWidget {
    Q_OBJECT
public:
    explicit StatusLine(const Clock& clock, QWidget* parent = nullptr);

    void setStores(const std::vector<StoreView>& stores);
    void setProgress(const SyncProgress& progress);
    void setSyncing(StoreId store, bool syncing); // false also drops its progress
    void setImporting(bool importing);
    void setMailProgress(const MailSyncProgress& progress); // done when it reaches its total
    void endMailSync(MailboxId mailbox);
    struct Outbox {
        qint64 waiting = 0;
        qint64 needsYou = 0;
        bool isPaused = false;
        bool operator==(const Outbox&) const = default;
    };
    void setOutbox(const Outbox& outbox);
    // The kill switch: one press stops everything that would leave by itself, another allows it again.
    void setAutoSend(AutoSendSection::State state);
    void setOnline(bool online);
    void refresh() { rewrite(); } // time has passed
    QString text() const;         // all of it, as a screen reader hears it

Q_SIGNALS:
    void outboxAsked();
    void autoSendAsked();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    struct Standing {
        QString text;
        DotLook dot;
        QString word; // what the dot means
    };
    void rewrite();
    std::optional<SyncProgress> shownProgress() const;
    QString activity() const; // empty when nothing goes on
    Standing standing() const;
    QString syncTimes() const;
    QString counts() const;
    QString detail() const;
    QString outboxText() const;

    const Clock& m_clock;
    std::vector<StoreView> m_stores;
    QMap<StoreId, std::optional<SyncProgress>> m_running;
    QMap<MailboxId, MailSyncProgress> m_mail;
    Outbox m_outbox;
    bool m_importing = false;
    bool m_online = true;
    PulsingDot* m_pulse;
    StatusDot* m_dot;
    QLabel* m_activity;
    ElidedLabel* m_detail;
    ElidedLabel* m_counts;
    SubtleButton* m_mails; // the way to the outbox
    SubtleButton* m_autoSend;
    QLabel* m_offline;
};

} // namespace aiva
