// Shows the text of a mail: selectable, as high as its text, and deaf to the network: it never loads a picture, a style
// sheet or anything else; it shows the pictures it is handed, and opens a link only when it was clicked and its scheme
// is one a mail may have.
#pragma once

#include "ui/theme/tokens.h"

#include <QHash>
#include <QImage>
#include <QTextBrowser>
#include <QUrl>

#include <functional>

namespace aiva {

class SafeTextView final : public QTextBrowser {
    Q_OBJECT
public:
    explicit SafeTextView(QWidget* parent = nullptr);

    // Plain text with its web and mail addresses made into links.
    void showText(const QString& text, const QColor& color);
    // Already sanitised HTML, on paper: mail brings its own colours, made for a white page.
    void showHtml(const QString& html);

    // What cid: stands for; asked for each picture once, and for no other address. Set before showHtml.
    using Pictures = std::function<QImage(const QString& contentId, int width)>;
    void setPictures(Pictures pictures) { m_pictures = std::move(pictures); }
    // What a person asked to see, fetched already. Set before showHtml.
    void setRemotePictures(QHash<QUrl, QImage> pictures) { m_remotePictures = std::move(pictures); }
    static constexpr QSize largestPicture{2 * size::inbox, 8 * size::inbox};

    QVariant loadResource(int type, const QUrl& name) override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {0, 0}; }

Q_SIGNALS:
    void linkActivated(const QUrl& url);

protected:
    void wheelEvent(QWheelEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    bool m_onPaper = false;
    Pictures m_pictures;
    QHash<QUrl, QImage> m_remotePictures;
    int m_shownPictures = 0;
    mutable QHash<int, int> m_heights; // by width, of the text as it is
};

} // namespace aiva
