// Everything the CRM panel shows, as one value. The conversation view fills it from CustomerQuery and the desk; the
// panel compares it with what it shows and touches only what differs.
#pragma once

#include "core/readmodel/customer_query.h"

#include <optional>
#include <variant>
#include <vector>

namespace aiva {

struct CrmPanelState {
    // No conversation is selected.
    struct NothingSelected {
        bool operator==(const NothingSelected&) const = default;
    };
    // Nothing of any store is cached yet.
    struct FirstSync {
        bool operator==(const FirstSync&) const = default;
    };
    struct NoneFound {
        QString address;        // looked for
        bool isFilling = false; // a first sync is not complete: they may come yet
        bool operator==(const NoneFound&) const = default;
    };
    struct Customer {
        CustomerView view;
        std::vector<PastConversation> past;
        bool operator==(const Customer&) const = default;
    };
    // Disconnected: a store of the customer's no longer lets Aiva in.
    enum class Network { Online, Offline, Disconnected };
    enum class Link { Automatic, Corrected }; // Corrected: by hand, can be undone

    std::variant<NothingSelected, FirstSync, NoneFound, Customer> content;
    Network network = Network::Online;
    Link link = Link::Automatic;

    bool operator==(const CrmPanelState&) const = default;
};

} // namespace aiva
