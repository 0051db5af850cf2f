package io.tipring.core.call;

import io.tipring.api.OperationId;

/// One operation in progress, told from all others of its call. Applications choose the ids of
/// their operations, and one that takes a call over may choose those of the one before: what the
/// media plane or a sound says late must not be taken for an answer to the second.
///
/// @param serial counts the operations of a call
record RunId(OperationId operation, long serial) {}
