// Sources of an answer made by hand: the VIP with order #1042 of the layout's example, and parts to vary it with.
#pragma once

#include "core/answer/facts/answer_sources.h"

namespace aiva::test {

Money dollars(qint64 cents);
UtcTime timeOf(const char* iso);

OrderView madeOrder(const QString& name, const char* createdAt);
TrackingView madeParcel(const QString& company, const QString& number, const QString& url);
Knowledge madeKnowledge(qint64 id, KnowledgeKind kind, const QString& title, const QString& text,
                        const QString& url = {});
// A Shopify store, read on 2026-02-24; nobody known, nothing said.
AnswerSources emptySources();
// A VIP with one fulfilled order #1042 of two blue widgets, and one policy on returns.
AnswerSources vipSources();

} // namespace aiva::test
