package io.modeldepot.registry.compare;

import io.modeldepot.events.terms.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The text files of two versions as a unified diff, JSON by path. */
final class RawDiff {
  private RawDiff() {}

  static List<String> of(Side from, Side to) {
    if (from.reading().isEmpty() || to.reading().isEmpty()) {
      return List.of();
    }
    Reading a = from.reading().get();
    Reading b = to.reading().get();
    List<String> lines = new ArrayList<>();
    lines.addAll(json("config.json", a.configuration(), b.configuration()));
    lines.addAll(json("tokenizer_config.json", a.tokenizer(), b.tokenizer()));
    lines.addAll(json("generation_config.json", a.generation(), b.generation()));
    lines.addAll(
        UnifiedDiff.of("chat_template", a.chatTemplate().orElse(""), b.chatTemplate().orElse("")));
    return lines;
  }

  private static List<String> json(String file, Map<String, String> from, Map<String, String> to) {
    return UnifiedDiff.of(file, text(from), text(to));
  }

  private static String text(Map<String, String> values) {
    StringBuilder text = new StringBuilder();
    new TreeMap<>(values)
        .forEach((key, value) -> text.append(key).append(": ").append(value).append('\n'));
    return text.toString();
  }
}
