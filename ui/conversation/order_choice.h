// Which of a customer's orders a conversation is about. Pure.
#pragma once

#include "core/readmodel/conversation_query.h"
#include "core/readmodel/customer_query.h"

namespace aiva {

// The customer's own order named in the newest incoming message that names one, else their latest order; null when
// they have none. An order of somebody else is never chosen, whatever the mail says.
const OrderView* orderInQuestion(const ConversationView& conversation, const CustomerView& customer);

} // namespace aiva
