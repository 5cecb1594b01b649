// KnownChildren: what a re-sent root does to the children the cache has. A part of RecordWriter.
#pragma once

#include "core/storage/records/child_rows.h"
#include "core/storage/records/child_stage.h"

namespace aiva {

enum class ChildrenGiven { All, SoFar }; // SoFar: more may come apart (bulk files)

template <typename Record>
struct KnownChildren {
    Resource resource;
    ChildStage& stage;
    ChildRows<Record>& rows;

    // Answers whether a child changed. A child it came without is removed, or suspected while more may come.
    Result<bool> write(qint64 parent, std::string_view parentExternalId, const std::vector<Record>& records,
                       ChildrenGiven given) const {
        std::vector<std::string> absent;
        AIVA_TRY(bool hasChanged, rows.write(parent, records, ParentState::Known, absent));
        if (given == ChildrenGiven::SoFar) {
            // The same root may come twice in a file; its last word counts.
            AIVA_CHECK(stage.takeSuspects(resource, parent));
            for (const std::string& externalId : absent)
                AIVA_CHECK(stage.addSuspect(resource, parent, externalId));
            return hasChanged;
        }
        for (const std::string& externalId : absent) {
            AIVA_TRY(const bool removed, rows.remove(parent, externalId));
            hasChanged = hasChanged || removed;
        }
        if (hasChanged) AIVA_CHECK(stage.supersede(resource, parent, parentExternalId));
        return hasChanged;
    }
};

} // namespace aiva
