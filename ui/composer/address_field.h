// One line of recipients: each address a chip, then a field to type more. Enter, comma or leaving the field makes a
// chip; Backspace takes the last one back; what is no address stays, marked. Suggests addresses it is given.
#pragma once

#include "core/domain/mail/message_record.h"

#include <QList>
#include <QTimer>
#include <QWidget>

#include <functional>

class QCompleter;
class QLineEdit;
class QStringListModel;

namespace aiva {

class AddressField final : public QWidget {
    Q_OBJECT
public:
    // Answers later, on the GUI thread; a newer question makes older answers stale.
    using Suggestions = std::function<void(const QString& text, std::function<void(QList<MailAddress>)>)>;

    // `name` is read aloud: "To".
    explicit AddressField(const QString& name, QWidget* parent = nullptr);
    void setSuggestions(Suggestions suggestions) { m_suggestions = std::move(suggestions); }

    void setAddresses(const QList<MailAddress>& addresses);
    const QList<MailAddress>& addresses() const { return m_addresses; }
    QLineEdit* edit() const { return m_edit; }
    // What stands in the edit becomes chips.
    void commit();

Q_SIGNALS:
    void changed();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void add(const QList<MailAddress>& addresses);
    void remove(qsizetype index);
    void change(qsizetype index); // back into the edit
    void build();
    void ask();
    bool editKey(int key);

    QString m_name;
    QList<MailAddress> m_addresses;
    Suggestions m_suggestions;
    QLineEdit* m_edit;
    QCompleter* m_completer = nullptr;
    QStringListModel* m_suggested = nullptr;
    QTimer m_pause;
    quint64 m_asked = 0;
};

} // namespace aiva
