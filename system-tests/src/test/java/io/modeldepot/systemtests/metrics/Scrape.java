package io.modeldepot.systemtests.metrics;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a service says at {@code /q/metrics}, as Prometheus reads it: the depot's own metrics. */
final class Scrape {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Pattern ABOUT = Pattern.compile("^# (HELP|TYPE) (modeldepot_\\S+) (.*)$");
  private static final Pattern SAMPLE =
      Pattern.compile("^(modeldepot_[a-z_]+)(?:\\{(.*)})? (\\S+)(?: \\d+)?$");
  private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

  private final String text;
  private final Map<String, String> help = new TreeMap<>();
  private final Map<String, String> types = new TreeMap<>();
  private final Map<String, Set<Map<String, String>>> samples = new TreeMap<>();

  private Scrape(String text) {
    this.text = text;
    text.lines().forEach(this::read);
  }

  static Scrape of(URI service) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(service.resolve("/q/metrics"))
              .header("Accept", "text/plain;version=0.0.4")
              .timeout(Duration.ofSeconds(10))
              .build();
      return new Scrape(HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void read(String line) {
    Matcher about = ABOUT.matcher(line);
    Matcher sample = SAMPLE.matcher(line);
    if (about.matches()) {
      (about.group(1).equals("HELP") ? help : types).put(about.group(2), about.group(3).trim());
    } else if (sample.matches()) {
      Map<String, String> labels = new TreeMap<>();
      Matcher label = LABEL.matcher(sample.group(2) == null ? "" : sample.group(2));
      while (label.find()) {
        labels.put(label.group(1), label.group(2));
      }
      samples.computeIfAbsent(sample.group(1), name -> new HashSet<>()).add(labels);
    }
  }

  /** Names as Prometheus has them: of a histogram that of the whole. */
  Set<String> names() {
    return new TreeSet<>(types.keySet());
  }

  String type(String name) {
    return types.getOrDefault(name, "none");
  }

  String help(String name) {
    return help.getOrDefault(name, "none");
  }

  /** The names of labels that the samples of a metric have, but for the bound of a bucket. */
  Set<Set<String>> labels(String name) {
    Set<Set<String>> all = new HashSet<>();
    samples.forEach(
        (sample, labels) -> {
          if (sample.equals(name) || sample.matches(name + "_(bucket|count|sum)")) {
            for (Map<String, String> one : labels) {
              Set<String> names = new TreeSet<>(one.keySet());
              names.remove("le");
              all.add(names);
            }
          }
        });
    return all;
  }

  /** Whether a metric has a sample with this value of a label. */
  boolean has(String name, String label, String value) {
    return samples.getOrDefault(name, Set.of()).stream()
        .anyMatch(labels -> value.equals(labels.get(label)));
  }

  @Override
  public String toString() {
    return text.lines().filter(it -> it.startsWith("modeldepot")).toList().toString();
  }
}
