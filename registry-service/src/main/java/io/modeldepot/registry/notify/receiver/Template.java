package io.modeldepot.registry.notify.receiver;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a receiver's request looks like. */
public enum Template {
  /** A CloudEvent 1.0 in JSON, structured mode. */
  CLOUDEVENTS,
  /** {@code {"text": …}}, as Slack, Mattermost and Rocket.Chat take it. */
  SLACK,
  /** A sentence or two of plain text. */
  PLAIN;

  /** As it stands in settings. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Template> of(String word) {
    return Arrays.stream(values()).filter(it -> it.word().equals(word)).findFirst();
  }

  static String words() {
    return Arrays.stream(values()).map(Template::word).collect(Collectors.joining(", "));
  }
}
