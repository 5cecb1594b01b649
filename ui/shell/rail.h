// The slim column at the far left: the workspace's name, the splits with their counts, and the pages. One entry is
// current; arrows walk the entries, Enter goes there.
#pragma once

#include "core/domain/names.h"

#include <QAbstractButton>
#include <QMap>
#include <QWidget>

#include <span>
#include <vector>

namespace aiva {

enum class DeskPage { Triage, Outbox, Stores, Audit, Settings };

class RailEntry;

class Rail final : public QWidget {
    Q_OBJECT
public:
    explicit Rail(const QString& workspaceName, QWidget* parent = nullptr);

    // The splits that mean something today, in their order; Ctrl+1…9 follow it.
    static std::span<const InboxView> splits();

    void setCounts(const QMap<InboxView, qint64>& counts);
    void setOutboxCount(qint64 mails);
    void setCurrent(DeskPage page, InboxView view);

Q_SIGNALS:
    void splitChosen(aiva::InboxView view);
    void pageChosen(aiva::DeskPage page);

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    RailEntry* addEntry(const QString& text);

    std::vector<std::pair<InboxView, RailEntry*>> m_splits;
    std::vector<std::pair<DeskPage, RailEntry*>> m_pages;
};

} // namespace aiva
