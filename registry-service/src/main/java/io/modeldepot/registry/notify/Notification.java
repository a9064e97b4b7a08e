package io.modeldepot.registry.notify;

import io.modeldepot.registry.notify.receiver.NewsKind;
import java.time.Instant;
import java.util.Map;

/**
 * A piece of news on its way to a receiver.
 *
 * @param id the same at every attempt
 * @param attempts how often it was tried, with the one that is being made
 * @param giveUpAt until then it is tried
 */
public record Notification(
    String id,
    String receiver,
    NewsKind kind,
    String object,
    String say,
    Map<String, Object> data,
    Instant happenedAt,
    int attempts,
    Instant giveUpAt) {}
