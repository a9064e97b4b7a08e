package io.modeldepot.systemtests.chaos;

import io.modeldepot.events.terms.ModelName;
import java.time.Instant;
import java.util.Optional;

/**
 * A request as its caller saw it.
 *
 * @param kind the resource where it is to be seen: {@code downloads}, {@code cleanups}, …
 * @param accepted whether the caller was told that it is; otherwise nobody knows
 * @param removes whether it may take versions of its model away
 * @param byEvent whether it was published by hand
 */
record Asked(
    String id,
    String kind,
    Optional<ModelName> model,
    boolean accepted,
    boolean removes,
    boolean byEvent,
    Instant at) {}
