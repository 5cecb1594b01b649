// Stores in the settings: what is worth a notification of the system, and how often each shop is asked. The window
// keeps the former for this computer; the desk the latter with the store.
#pragma once

#include "core/desk/stores/store_desk.h"
#include "core/readmodel/store_query.h"

#include <QWidget>

#include <map>

class QCheckBox;
class QComboBox;
class QGridLayout;

namespace aiva {

class TextBlock;

class StoreSettings final : public QWidget {
    Q_OBJECT
public:
    explicit StoreSettings(StoreDesk& desk, QWidget* parent = nullptr);

    void setNotified(StoreNotice::What what, bool isNotified);
    void setStores(const std::vector<StoreView>& stores);

Q_SIGNALS:
    void notifiedChanged(aiva::StoreNotice::What what, bool isNotified);
    void failed(const aiva::Error& error);

private:
    struct Line {
        QWidget* name = nullptr;
        QComboBox* schedule = nullptr;
        QString kept; // what the store has
    };
    void addNotice(StoreNotice::What what, const QString& text);
    Line makeLine(const StoreView& view);
    void setSchedule(StoreId store, const QString& schedule);
    static void showSchedule(const Line& line);
    TextBlock* addHeading(const QString& text);

    StoreDesk& m_desk;
    std::map<StoreNotice::What, QCheckBox*> m_notices;
    TextBlock* m_frequency;
    QGridLayout* m_grid;
    std::map<StoreId, Line> m_lines;
};

} // namespace aiva
