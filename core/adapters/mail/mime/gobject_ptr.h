// GObjectPtr: owns one reference of a GMime object. Used only inside the MIME decoder.
#pragma once

#include <gmime/gmime.h>

#include <memory>

namespace aiva {

struct GObjectUnref {
    void operator()(void* object) const { g_object_unref(object); }
};
struct GFree {
    void operator()(void* memory) const { g_free(memory); }
};

template <typename T>
using GObjectPtr = std::unique_ptr<T, GObjectUnref>;
using GText = std::unique_ptr<char, GFree>;

} // namespace aiva
