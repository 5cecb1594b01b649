// The webhook subscriptions of the Shopify shop: what an app asked to be told, remembered and checked as the shop does.
// Thread-safe.
#pragma once

#include "app/sandbox/graph/executor.h"

#include <mutex>

namespace aiva::sandbox {

class HookBook final : public HookDoor {
public:
    std::vector<HookView> list() override;
    // Plain http is taken for addresses on this machine only: this shop's Internet ends there.
    HookAnswer create(const std::string& topic, const Input& input) override;
    HookAnswer update(const std::string& id, const Input& input) override;
    HookAnswer remove(const std::string& id) override;
    // Those of "orders/updated".
    std::vector<HookView> listenersOf(const std::string& topic);

private:
    HookAnswer save(HookView hook);

    std::mutex m_mutex;
    std::vector<HookView> m_hooks;
    std::uint64_t m_lastId = 892'403'750;
};

} // namespace aiva::sandbox
