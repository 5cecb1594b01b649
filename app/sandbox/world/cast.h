// The named people of the demo and the orders their letters are about: the first screen of the desk. Hand-written, so
// that each case can be told from the others at a glance. The world places them; mail/stories writes their letters.
#pragma once

#include "app/sandbox/world/carriers.h"
#include "app/sandbox/world/order_core.h"

#include <span>

namespace aiva::sandbox {

struct CastMember {
    const char* firstName;
    const char* lastName;
    const char* email; // nullptr: none, phone only
    const char* country;
    const char* tags;
    const char* note;
};

// Positions in cast(); customer i of the world is cast()[i] while there are that many customers.
enum Cast : int {
    John,
    Maria,
    Olena,
    Laura,
    Dan,
    Priya,
    Misaki,
    Lena,
    Camille,
    Siobhan,
    Joao,
    Sofia,
    Ahmed,
    Tom,
    Grace,
    Peter,
    Andrii,
    Nora,
    Marcus,
    Ingrid,
    Elaine,
    Hannah,
    MarquesLower,
    MarquesUpper,
    Walter,
    Ben,
    Aoife,
    Rafael,
    Kenta,
    Emma,
    Ruth,
    Etienne,
    CastSize
};

struct StoryOrder {
    int member;        // Cast, or -1 for the guest
    int ageMinutes;    // before now
    const char* items; // "SKU*2,SKU"; "ALL*n": n lines through the whole catalogue
    OrderState state;
    Carrier carrier = Carrier::Usps;
    int parcels = 1;
    int totalCents = 0;   // forces the total through one custom line; 0: as the items come
    int pinnedNumber = 0; // 1042
    const char* note = "";
};

std::span<const CastMember> cast();
std::span<const StoryOrder> storyOrders();

} // namespace aiva::sandbox
