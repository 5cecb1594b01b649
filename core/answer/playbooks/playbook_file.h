// The playbook file format, read strictly: what is not understood is an error with its line.
//
//   # a comment (in the header only)
//   name: wismo_unfulfilled          the file's name without its ending
//   intent: order_status             one or several intents
//   confidence: 0.88                 0…1, what the gate compares with its threshold
//   order: known                     known, unclear, unknown
//   stage: unfulfilled               any of unfulfilled, partial, shipped, delivered, cancelled
//   parcels: one                     one, several
//   tracking: complete               complete (carrier, number and link of every parcel), missing (no number)
//   age: within_handling_time        within_handling_time, late
//   return_window: inside            inside, outside
//   card: order                      shows the order card
//   needs_person: yes                then also: reason: why, in English
//
//   [en]
//   {{greeting}}
//   ... text with {{variables}} and [[parts left out when one of their variables has no value]] ...
//
// Only name, intent and confidence are required. Each language of playbookLanguages() has one section.
#pragma once

#include "core/answer/playbooks/playbook.h"
#include "core/base/result.h"

namespace aiva {

// `fileName` stands in errors and must agree with the name. Invalid with "file:line: what" otherwise.
Result<Playbook> parsePlaybook(const QString& fileName, const QString& content);

// Every variable a text can name, for the settings page.
const QStringList& playbookVariables();
// Why a text cannot be used, in English; empty when it can: a variable that does not exist, brackets that do not close.
QString problemOfPlaybookText(const QString& text);

} // namespace aiva
