// Message-IDs of our own mail: <random>.<conversation token>@<domain of the address>. The token repairs threading when
// a customer's program drops References but keeps one id of ours (V2). Used by whatever freezes a mail and by
// threading. Pure: randomness comes in.
//
// A token is 128 random bits, drawn once per conversation, so nobody can make up another customer's. It proves nothing
// by itself: who reads one looks for it among our own sent messages, and joins only when the writer is a customer of
// the conversation found there, because whoever was once on copy has seen it.
#pragma once

#include <QByteArray>
#include <QString>

namespace aiva {

constexpr qsizetype kTokenBytes = 16; // of randomness for a token, and for the first half of an id

// From sixteen random bytes; 26 letters and digits, lower case.
QString newConversationToken(const QByteArray& random);
// Without angle brackets. `fromAddress` gives the domain, in ASCII.
QString newMessageId(const QByteArray& random, const QString& conversationToken, const QString& fromAddress);
// The conversation token of an id of that shape, lower case; empty for any other id.
QString conversationTokenIn(const QString& messageId);

} // namespace aiva
