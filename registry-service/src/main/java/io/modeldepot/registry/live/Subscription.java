package io.modeldepot.registry.live;

import java.util.Optional;
import java.util.Set;

/**
 * What a client wants to see; empty is everything.
 *
 * @param topics of these topics
 * @param model about this model
 * @param request about this request
 */
record Subscription(Set<String> topics, Optional<String> model, Optional<String> request) {

  boolean wants(LiveEvent event) {
    return (topics.isEmpty() || topics.contains(event.partition().topic()))
        && model.map(name -> event.model().filter(name::equals).isPresent()).orElse(true)
        && request.map(event.requests()::contains).orElse(true);
  }
}
