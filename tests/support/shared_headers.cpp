// A target of precompiled headers needs a source; these have none of their own.
