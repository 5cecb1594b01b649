// Pictures from the network a sanitised mail points to and does not load: which there are, and the line that says so
// and fetches them when a person asks. Nothing is fetched before, and what is too small to be seen never is: it is
// there to tell the sender who reads what and when.
#pragma once

#include "core/base/async.h"

#include <QHash>
#include <QImage>
#include <QList>
#include <QUrl>
#include <QWidget>

#include <functional>

namespace aiva {

class SubtleButton;
class TextBlock;

struct BlockedPictures {
    QList<QUrl> addresses; // each once, in the order of the mail
    int count = 0;         // as often as the mail shows them
    int trackers = 0;

    bool isEmpty() const { return count == 0 && trackers == 0; }
};

BlockedPictures blockedPictures(const QString& safeHtml);
// The mail with those that can be seen let in; trackers stay out.
QString withPicturesLetIn(const QString& safeHtml);

class BlockedPicturesLine final : public QWidget {
    Q_OBJECT
public:
    using Source = std::function<Future<QByteArray>(const QUrl& address)>;
    // Without a source it only tells.
    BlockedPicturesLine(BlockedPictures blocked, Source source, QWidget* parent = nullptr);

    const QHash<QUrl, QByteArray>& arrived() const { return m_arrived; }

Q_SIGNALS:
    void loaded(); // once all have answered, so that the mail is laid out anew once

private:
    void load();
    void take(const QUrl& address, const Result<QByteArray>& content);
    void showState();

    const BlockedPictures m_blocked;
    const Source m_source;
    QHash<QUrl, QByteArray> m_arrived;
    int m_pending = 0;
    bool m_wasAsked = false;
    TextBlock* m_text;
    SubtleButton* m_load;
};

} // namespace aiva
