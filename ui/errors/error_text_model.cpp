// What a language model does not do.
#include "ui/errors/error_text_parts.h"

#include <QCoreApplication>

namespace aiva {

namespace {

struct ModelErrorWords {
    Q_DECLARE_TR_FUNCTIONS(aiva::ErrorText)
};

} // namespace

ErrorText modelErrorText(ErrorCause cause) {
    switch (cause) {
    case ErrorCause::ModelDeclined:
        return {ModelErrorWords::tr("The model declined to answer"),
                ModelErrorWords::tr("Write the reply yourself, or try another model.")};
    case ErrorCause::AnswerCut:
        return {ModelErrorWords::tr("The model's answer ended in the middle"),
                ModelErrorWords::tr("Nothing of it was kept. Ask again, or allow a longer answer in the settings.")};
    case ErrorCause::AnswerMalformed:
        return {ModelErrorWords::tr("The model did not answer in the form that was asked for"),
                ModelErrorWords::tr("Nothing of it was kept. Ask again, or try another model.")};
    case ErrorCause::SpendLimit:
        return {ModelErrorWords::tr("The provider's spending limit is reached"),
                ModelErrorWords::tr("Raise it at the provider. Playbooks go on without a model.")};
    case ErrorCause::BudgetSpent:
        return {ModelErrorWords::tr("Your own limit of model requests is reached"),
                ModelErrorWords::tr("Wait until tomorrow, or raise it in the settings.")};
    case ErrorCause::ModelMissing:
        return {ModelErrorWords::tr("There is no such model"),
                ModelErrorWords::tr("Choose another one in the settings; Test lists them.")};
    case ErrorCause::ModelBusy:
        return {ModelErrorWords::tr("The model is busy"), ModelErrorWords::tr("Ask again in a while.")};
    default:
        return {};
    }
}

} // namespace aiva
