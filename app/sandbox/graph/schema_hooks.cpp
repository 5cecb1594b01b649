// Webhook subscriptions: types of the schema, and the executor's part that answers with them.
#include "app/sandbox/graph/executor.h"
#include "app/sandbox/graph/fields.h"

#include <QByteArray>

#include <algorithm>

namespace aiva::sandbox {
namespace {

using J = JsonText;

const TypeDef& hookErrorType() {
    using E = UserErrorView;
    static const TypeDef type{"UserError",
                              0,
                              {
                                  leaf<E>("field", [](J& out, const E&) { out.null(); }),
                                  leaf<E>("message", [](J& out, const E& error) { out.text(error.message); }),
                              }};
    return type;
}

FieldDef hookErrors() {
    using A = HookAnswer;
    return many<A>(
        FieldDef::Shape::List, "userErrors", hookErrorType, [](const A& answer) { return answer.errors.size(); },
        [](const A& answer, std::size_t position, Use use) { use(&answer.errors[position]); });
}

std::vector<FieldDef> hookPayload() {
    using A = HookAnswer;
    return {object<A>("webhookSubscription", hookType,
                      [](const A& answer, Use use) {
                          if (answer.hook) use(&*answer.hook);
                      }),
            hookErrors()};
}

std::string hookCursor(std::size_t position) {
    return QByteArray::fromStdString("hook:" + std::to_string(position)).toBase64().toStdString();
}

std::size_t hooksBefore(const std::string& cursor) {
    const QByteArray plain = QByteArray::fromBase64(QByteArray::fromStdString(cursor));
    return plain.startsWith("hook:") ? static_cast<std::size_t>(plain.mid(5).toULongLong()) + 1 : 0;
}

} // namespace

const TypeDef& hookType() {
    using H = HookView;
    static const TypeDef type{"WebhookSubscription",
                              1,
                              {
                                  leaf<H>("id", [](J& out, const H& hook) { out.text(hook.id); }),
                                  leaf<H>("topic", [](J& out, const H& hook) { out.text(hook.topic); }),
                                  leaf<H>("uri", [](J& out, const H& hook) { out.text(hook.uri); }),
                                  leaf<H>("format", [](J& out, const H& hook) { out.text(hook.format); }),
                                  leaf<H>("name", [](J& out, const H& hook) { out.textOrNull(hook.name); }),
                              }};
    return type;
}

const TypeDef& hookCreatePayloadType() {
    static const TypeDef type{"WebhookSubscriptionCreatePayload", 0, hookPayload()};
    return type;
}

const TypeDef& hookUpdatePayloadType() {
    static const TypeDef type{"WebhookSubscriptionUpdatePayload", 0, hookPayload()};
    return type;
}

const TypeDef& hookDeletePayloadType() {
    using A = HookAnswer;
    static const TypeDef type{
        "WebhookSubscriptionDeletePayload",
        0,
        {leaf<A>("deletedWebhookSubscriptionId", [](J& out, const A& answer) { out.textOrNull(answer.deletedId); }),
         hookErrors()}};
    return type;
}

double Executor::writeHooks(const PlanStep& step, JsonText& out) {
    const std::vector<HookView> hooks = m_hooks ? m_hooks->list() : std::vector<HookView>();
    const std::size_t begin = std::min(hooks.size(), hooksBefore(step.arguments.after));
    const auto wanted = static_cast<std::size_t>(step.arguments.first.value_or(0));
    Slice slice;
    slice.count = std::min(wanted, hooks.size() - begin);
    slice.hasNext = begin + slice.count < hooks.size();
    slice.hasPrevious = begin > 0;
    slice.cursor = [begin](std::size_t position) { return hookCursor(begin + position); };
    slice.element = [&](std::size_t position, Use use) { use(&hooks[begin + position]); };
    writeConnection(step, slice, out);
    return step.cost(static_cast<std::int64_t>(slice.count));
}

HookAnswer Executor::changeHooks(const PlanStep& step) {
    if (!m_hooks) return {};
    const FieldArguments& given = step.arguments;
    if (step.field->name == "webhookSubscriptionCreate") return m_hooks->create(given.topic, given.input);
    if (step.field->name == "webhookSubscriptionUpdate") return m_hooks->update(given.id, given.input);
    return m_hooks->remove(given.id);
}

} // namespace aiva::sandbox
