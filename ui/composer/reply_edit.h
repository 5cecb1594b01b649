// The text field of the composer: text comes in plain, files and images by drop and paste, as high as its text up to a
// limit, Esc to leave it.
#pragma once

#include <QTextEdit>

class QImage;
class QMenu;

namespace aiva {

// What is written on: a note's is unmistakably another one.
enum class Paper { Reply, Note };

class ReplyEdit final : public QTextEdit {
    Q_OBJECT
public:
    explicit ReplyEdit(QWidget* parent = nullptr);

    // The application's line height for every paragraph; call after the document was filled.
    static void formatBlocks(QTextDocument* document);
    void attach(QTextDocument* document);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    void setPaper(Paper paper);
    Paper paper() const { return m_paper; }
    // An image of the mail at the cursor, shown no wider than the text; its bytes are known to the document as cid:.
    void insertImage(const QString& contentId, const QImage& image);

Q_SIGNALS:
    void left();
    void undoneBeyond(); // Ctrl+Z with nothing of one's own left to undo
    void filesGiven(const QStringList& paths);
    void imageGiven(const QImage& image);
    // Fills the menu of a word; an empty one gets the usual entries only.
    void menuAsked(QMenu* menu, int position);

protected:
    void contextMenuEvent(QContextMenuEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void insertFromMimeData(const QMimeData* source) override;
    void resizeEvent(QResizeEvent* event) override;
    bool canInsertFromMimeData(const QMimeData* source) const override;

private:
    int textHeight() const;

    Paper m_paper = Paper::Reply;
};

} // namespace aiva
