// A labelled field of a form: label above, input, and below it a hint or what is wrong. The input is named for screen
// readers by the label, and described by what stands below it.
#pragma once

#include <QWidget>

namespace aiva {

class TextBlock;

class FormField final : public QWidget {
    Q_OBJECT
public:
    FormField(const QString& label, QWidget* input, const QString& hint = {}, QWidget* parent = nullptr);

    void setLabel(const QString& label);
    void setHint(const QString& hint);
    // Shown instead of the hint until it is empty again.
    void setTrouble(const QString& trouble);
    QString trouble() const { return m_trouble; }

private:
    void showBelow();

    QWidget* m_input;
    TextBlock* m_label;
    TextBlock* m_below;
    TextBlock* m_wrong;
    QString m_hint;
    QString m_trouble;
};

} // namespace aiva
