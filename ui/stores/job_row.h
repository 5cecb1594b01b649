// One sync job in a list: how it ended, when, how long, what it read, Details and Retry.
#pragma once

#include "core/readmodel/sync_query.h"
#include "ui/widgets/described.h"

#include <QWidget>

namespace aiva {

class ElidedLabel;
class StatusDot;
class SubtleButton;

class JobRow final : public QWidget, public Described {
    Q_OBJECT
public:
    // `source`: what kind of store its jobs are of.
    explicit JobRow(StoreKind source, QWidget* parent = nullptr);
    void setJob(const SyncJobRow& job, UtcTime now, bool canRetry);
    const SyncJobRow& job() const { return m_job; }
    SubtleButton* detailButton() const { return m_details; }
    SubtleButton* retryButton() const { return m_retry; }

    AccessibleFace face() const override;

Q_SIGNALS:
    void detailsAsked();
    void retryAsked();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const StoreKind m_source;
    SyncJobRow m_job;
    StatusDot* m_dot;
    ElidedLabel* m_title;
    ElidedLabel* m_time;
    ElidedLabel* m_result;
    ElidedLabel* m_counts;
    SubtleButton* m_details;
    SubtleButton* m_retry;
};

} // namespace aiva
