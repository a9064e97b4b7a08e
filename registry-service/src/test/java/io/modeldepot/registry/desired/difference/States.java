package io.modeldepot.registry.desired.difference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.events.state.ModelDescribed;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.FamilyName;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.registry.catalog.Wishes;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/** States of a depot, made up. */
final class States {
  private States() {}

  static ModelDescribed standard(ModelName name, FamilyName family) {
    ObjectNode entry =
        Wire.mapper()
            .createObjectNode()
            .put("model", name.value())
            .put("family", family.value())
            .put("displayName", name.value())
            .put("branch", "main")
            .put("update", "manual")
            .put("keepVersions", 3)
            .put("active", false)
            .put("profile", "full")
            .put("generation", 0);
    entry.putArray("locations").add("default");
    return Wire.mapper().convertValue(entry, ModelDescribed.class);
  }

  static ModelDescribed entry(String name, String patch) {
    try {
      ObjectNode changes = (ObjectNode) Wire.mapper().readTree(patch);
      changes.put("repository", "org/" + name);
      return Wishes.patched(standard(ModelName.of(name), FamilyName.of("org")), changes);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ModelNow present(ModelDescribed entry, String commit) {
    return new ModelNow(
        Optional.of(entry),
        entry.family(),
        entry.active() ? "active" : "present",
        Optional.of(CommitId.of(commit)),
        1,
        Optional.empty(),
        Set.of(),
        false);
  }

  static ModelNow archived(ModelDescribed entry) {
    return new ModelNow(
        Optional.of(entry),
        entry.family(),
        "archived",
        Optional.empty(),
        1,
        Optional.empty(),
        Set.of(),
        false);
  }

  static Current of(ModelNow... models) {
    SortedMap<ModelName, ModelNow> byName = new TreeMap<>();
    Arrays.stream(models).forEach(it -> byName.put(it.entry().orElseThrow().model(), it));
    return new Current(byName, new TreeMap<>(), States::standard);
  }

  /** Entries of which nothing is there. */
  static SortedMap<ModelName, ModelNow> absent(List<ModelDescribed> entries) {
    SortedMap<ModelName, ModelNow> models = new TreeMap<>();
    entries.forEach(entry -> models.put(entry.model(), absent(entry)));
    return models;
  }

  private static ModelNow absent(ModelDescribed entry) {
    return new ModelNow(
        Optional.of(entry),
        entry.family(),
        "absent",
        Optional.empty(),
        0,
        Optional.empty(),
        Set.of(""),
        false);
  }

  /** What is after a difference was carried out. */
  static Current carriedOut(Difference difference, Current now) {
    SortedMap<ModelName, ModelNow> models = new TreeMap<>(now.models());
    SortedMap<String, Map<String, Object>> settings = new TreeMap<>(now.settings());
    for (Change change : difference.changes()) {
      for (Deed deed : change.deeds()) {
        switch (deed) {
          case Deed.Describe it -> models.put(it.entry().model(), absent(it.entry()));
          case Deed.Set it -> settings.put(it.key(), it.value());
          case Deed.Unset it -> settings.remove(it.key());
          case Deed.Fetch it -> {
            ModelNow before = Objects.requireNonNull(models.get(it.model()));
            models.put(
                it.model(),
                new ModelNow(
                    before.entry(),
                    before.family(),
                    "downloading",
                    Optional.empty(),
                    0,
                    Optional.empty(),
                    Set.of(it.commit().map(CommitId::value).orElse("")),
                    false));
          }
          case Deed.Archive _, Deed.Unarchive _ -> throw new AssertionError("nothing is there");
        }
      }
    }
    return new Current(models, settings, now.standard());
  }

  static List<ModelDescribed> randomEntries(Random random) {
    List<ModelDescribed> entries = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      if (random.nextBoolean()) {
        entries.add(entry("m" + i, randomPatch(random)));
      }
    }
    return entries;
  }

  private static String randomPatch(Random random) {
    ObjectNode patch = Wire.mapper().createObjectNode();
    maybe(random, () -> patch.put("displayName", word(random)));
    maybe(random, () -> patch.put("useCase", word(random)));
    maybe(random, () -> patch.put("licence", word(random)));
    maybe(random, () -> patch.put("branch", word(random)));
    maybe(random, () -> patch.putNull("branch"));
    maybe(random, () -> patch.put("pin", "%040x".formatted(random.nextLong() & Long.MAX_VALUE)));
    patch.put("update", pick(random, "manual", "follow", "approve"));
    patch.put("keepVersions", random.nextInt(1, 9));
    patch.put("active", random.nextBoolean());
    patch.put("profile", pick(random, "serving", "full"));
    maybe(random, () -> patch.set("placement", randomDemand(random)));
    switch (random.nextInt(4)) {
      case 0 -> patch.putObject("spread").put("policy", "all");
      case 1 -> patch.putObject("spread").put("policy", "copies").put("copies", 2);
      case 2 -> patch.putObject("spread").put("policy", "near").put("copies", 1);
      default -> patch.putArray("locations").add("default").add("north-" + random.nextInt(3));
    }
    return patch.toString();
  }

  private static JsonNode randomDemand(Random random) {
    int users = random.nextInt(1, 50);
    ObjectNode demand = Wire.mapper().createObjectNode().put("users", users);
    demand.put("contextTokens", random.nextInt(1024, 9000));
    maybe(random, () -> demand.put("minUsers", random.nextInt(1, users + 1)));
    maybe(random, () -> demand.put("minContextTokens", 512));
    maybe(random, () -> demand.put("priority", random.nextInt(10)));
    maybe(random, () -> demand.put("replicas", 2));
    maybe(random, () -> demand.put("gpu", "host-a/1"));
    maybe(random, () -> demand.putArray("variants").add("fp16").add("fp8"));
    maybe(random, () -> demand.putArray("antiAffinity").add("m0"));
    return demand;
  }

  /** Settings as the database has them: small numbers are of the smaller type. */
  static Map<String, Map<String, Object>> randomSettings(Random random) {
    Map<String, Map<String, Object>> settings = new TreeMap<>();
    maybe(
        random,
        () ->
            settings.put(
                "gpu/host-a/" + random.nextInt(3),
                Map.of(
                    "reservedBytes",
                    random.nextLong(1L << 33, 1L << 40),
                    "until",
                    "2026-11-30T00:00:00Z",
                    "reason",
                    word(random))));
    maybe(random, () -> settings.put("gpu/host-b/0", Map.of("state", "drained")));
    maybe(
        random,
        () -> settings.put("gpu/b/1", Map.of("state", "drained", "reservedBytes", 1 << 20)));
    maybe(
        random,
        () ->
            settings.put(
                "retention",
                Map.of(
                    "keep",
                    2,
                    "trashSeconds",
                    3600 + random.nextInt(9999),
                    "unusedDays",
                    60,
                    "cacheBytes",
                    0,
                    "watermarks",
                    Map.of("high", 0.9, "low", 0.8))));
    maybe(random, () -> settings.put("quota/llama", Map.of("bytes", random.nextInt(1, 99999))));
    maybe(
        random,
        () ->
            settings.put(
                "schedule/nightly",
                Map.of("cron", "0 2 * * *", "command", Map.of("scope", "all", "dryRun", true))));
    maybe(
        random,
        () ->
            settings.put(
                "notify/ops",
                Map.of("on", List.of("backup.*", "space.low"), "urlFile", "ops-url")));
    return settings;
  }

  /** The same document with its keys in another order, in flow or block style. */
  static String shuffled(String document, Random random) {
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(
        random.nextBoolean() ? DumperOptions.FlowStyle.FLOW : DumperOptions.FlowStyle.BLOCK);
    return new Yaml(options).dump(reordered(new Yaml().load(document), random));
  }

  private static @Nullable Object reordered(@Nullable Object value, Random random) {
    if (!(value instanceof Map<?, ?> map)) {
      return value;
    }
    List<Object> keys = new ArrayList<>(map.keySet());
    Collections.shuffle(keys, random);
    Map<Object, @Nullable Object> other = new LinkedHashMap<>();
    keys.forEach(key -> other.put(key, reordered(map.get(key), random)));
    return other;
  }

  /** Words that a careless writer of YAML gets wrong. */
  private static String word(Random random) {
    return pick(
        random,
        "plain",
        "no",
        "0123",
        "1e5",
        "~",
        "null",
        "a: b",
        "# c",
        "ümläut \"q\"",
        "- x",
        "{x}",
        "trailing ",
        "2026-11-30",
        "multi  space",
        "'",
        "@at",
        "%p",
        "!tag",
        "*a",
        "&b");
  }

  private static String pick(Random random, String... words) {
    return words[random.nextInt(words.length)];
  }

  private static void maybe(Random random, Runnable some) {
    if (random.nextBoolean()) {
      some.run();
    }
  }
}
