// The verifier's checks, in the order they run: what one has accounted for, the next ones leave alone. Each is a file
// of its own; the numbers are what Claim::check says.
#pragma once

namespace aiva {

class DraftReading;

void checkLinks(DraftReading& draft);         // 3, 13: before words are read
void checkMailAddresses(DraftReading& draft); // 13: before words are read
void checkSecrets(DraftReading& draft);       // 14, 15
void checkShape(DraftReading& draft);         // 16
void checkOrders(DraftReading& draft);        // 1: first of those that read words, it says what order the others mean
void checkTracking(DraftReading& draft);      // 2
void checkCarriers(DraftReading& draft);      // 4
void checkPhones(DraftReading& draft);        // 13
void checkMoney(DraftReading& draft);         // 5
void checkDates(DraftReading& draft);         // 6
void checkDurations(DraftReading& draft);     // 7
void checkStatus(DraftReading& draft);        // 8
void checkDeeds(DraftReading& draft);         // 9
void checkPromises(DraftReading& draft);      // 10
void checkItems(DraftReading& draft);         // 11
void checkNames(DraftReading& draft);         // 12
void checkLeftovers(DraftReading& draft);     // 19
void checkLanguage(DraftReading& draft);      // 16: last, facts' own words are not the language's
void checkAnswers(DraftReading& draft);       // 17
void checkDeclared(DraftReading& draft);      // 18

} // namespace aiva
