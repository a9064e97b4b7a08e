package io.modeldepot.janitor.cleanup;

import io.modeldepot.events.command.CleanupScope;
import io.modeldepot.events.fact.RemovalReason;
import io.modeldepot.events.state.ModelDescribed;
import io.modeldepot.events.state.SiteDescribed;
import io.modeldepot.events.terms.FamilyName;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.store.survey.Survey.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Which versions go: old ones, unused models, what a command names, what is over a quota. Pure. */
final class VersionRules {
  private final Picture picture;
  private final Order order;
  private final Uses uses;
  private final Judgement judgement;
  private final Elsewhere elsewhere;
  private final Map<ModelName, List<Version>> byModel = new LinkedHashMap<>();
  private final Set<Version> going = new HashSet<>();

  VersionRules(Picture picture, Order order, Uses uses, Judgement judgement) {
    this.picture = picture;
    this.order = order;
    this.uses = uses;
    this.judgement = judgement;
    this.elsewhere = new Elsewhere(picture.site());
    for (Version version : picture.survey().versions()) {
      byModel.computeIfAbsent(version.model(), model -> new ArrayList<>()).add(version);
    }
    byModel
        .values()
        .forEach(versions -> versions.sort(Comparator.comparing(Version::publishedAt).reversed()));
  }

  /** Judges every version that is asked for. */
  void judge() {
    byModel.forEach(
        (model, versions) -> {
          if (order.asksFor(model, versions.getFirst().family())) {
            judge(model, versions);
          }
        });
    if (order.looksAt(CleanupScope.VERSIONS)) {
      quotas();
    }
  }

  private void judge(ModelName model, List<Version> versions) {
    if (order.looksAt(CleanupScope.MODEL)) {
      named(model, versions);
      return;
    }
    ModelDescribed wish = picture.site().wishes().get(model);
    if (wish == null) {
      if (order.looksAt(CleanupScope.VERSIONS)
          || order.looksAt(CleanupScope.UNUSED)
          || order.looksAt(CleanupScope.SURPLUS)) {
        versions.forEach(
            it -> stays(it, "the catalog does not know the model; only a command that names it"));
      }
      return;
    }
    if (order.looksAt(CleanupScope.SURPLUS) && surplus(wish, versions)) {
      return;
    }
    if (order.looksAt(CleanupScope.UNUSED) && isUnused(model, versions)) {
      Duration since = Duration.between(lastUse(model, versions), now());
      versions.forEach(
          it ->
              goes(
                  it,
                  "unused for %d days (limit %d), not placed"
                      .formatted(since.toDays(), order.unusedAfter().toDays()),
                  RemovalReason.UNUSED,
                  true));
      return;
    }
    if (order.looksAt(CleanupScope.VERSIONS)) {
      old(wish, versions);
    } else if (order.looksAt(CleanupScope.UNUSED)) {
      String why =
          uses.ofModel(model, versions)
              .orElseGet(
                  () ->
                      "used %d days ago (limit %d)"
                          .formatted(
                              Duration.between(lastUse(model, versions), now()).toDays(),
                              order.unusedAfter().toDays()));
      versions.forEach(it -> stays(it, why));
    }
  }

  /** Whether all of it belongs elsewhere alone, and goes. */
  private boolean surplus(ModelDescribed wish, List<Version> versions) {
    Optional<String> why =
        versions.stream()
            .flatMap(it -> elsewhere.whyStays(it.model(), it.commit()).stream())
            .findFirst()
            .or(() -> uses.ofModel(wish.model(), versions));
    if (why.isEmpty()) {
      String reason = "it belongs to %s, where it is".formatted(names(wish.locations()));
      versions.forEach(it -> goes(it, reason, RemovalReason.SURPLUS, true));
      return true;
    }
    if (!order.looksAt(CleanupScope.VERSIONS)) {
      versions.forEach(it -> stays(it, why.get()));
    }
    return false;
  }

  private static String names(List<LocationName> locations) {
    return locations.stream().map(LocationName::value).collect(Collectors.joining(", "));
  }

  private void named(ModelName model, List<Version> versions) {
    if (order.commit().isEmpty()) {
      Optional<String> use = uses.ofModel(model, versions);
      versions.forEach(
          it ->
              use.ifPresentOrElse(
                  why -> stays(it, why),
                  () -> goes(it, "asked for by name", RemovalReason.COMMAND, true)));
      return;
    }
    for (Version version : versions) {
      if (!version.commit().equals(order.commit().get())) {
        continue;
      }
      Optional<String> use = uses.ofVersion(model, version.commit(), version.current());
      if (use.isPresent()) {
        stays(version, use.get());
      } else if (version.current()) {
        stays(version, "it is the current version; only the whole model can go with it");
      } else {
        goes(version, "asked for by name", RemovalReason.COMMAND, false);
      }
    }
  }

  private void old(ModelDescribed wish, List<Version> versions) {
    int keep = order.keepNewest().orElse(wish.keepVersions());
    for (int at = 0; at < versions.size(); at++) {
      Version version = versions.get(at);
      Duration age = Duration.between(version.publishedAt(), now());
      Optional<String> use = uses.ofVersion(version.model(), version.commit(), version.current());
      if (version.current()) {
        stays(version, use.orElse("the current version"));
      } else if (use.isPresent()) {
        stays(version, use.get());
      } else if (at < keep) {
        stays(version, "one of the newest %d".formatted(keep));
      } else if (order.olderThan().filter(limit -> age.compareTo(limit) < 0).isPresent()) {
        stays(
            version,
            "present %s, younger than %s"
                .formatted(Words.span(age), Words.span(order.olderThan().get())));
      } else {
        goes(
            version,
            "old version: the newest %d are kept, this is number %d".formatted(keep, at + 1),
            RemovalReason.RETENTION,
            false);
      }
    }
  }

  /** Of a family over its quota old versions go, those first whose model was used longest ago. */
  private void quotas() {
    for (Map.Entry<String, SiteDescribed> setting : picture.site().settings().entrySet()) {
      if (setting.getKey().startsWith("quota/")
          && setting.getValue().value().get("bytes") instanceof Number bytes
          && bytes.longValue() > 0) {
        String family = setting.getKey().substring("quota/".length());
        if (family.matches(FamilyName.PATTERN)) {
          quota(FamilyName.of(family), bytes.longValue());
        }
      }
    }
  }

  private void quota(FamilyName family, long limit) {
    List<Version> candidates = new ArrayList<>();
    long bytes = 0;
    for (Version version : picture.survey().versions()) {
      if (!version.family().equals(family) || going.contains(version)) {
        continue;
      }
      bytes += version.bytes();
      boolean mayGo =
          !version.current()
              && picture.site().wishes().containsKey(version.model())
              && order.asksFor(version.model(), family)
              && uses.ofVersion(version.model(), version.commit(), false).isEmpty();
      if (mayGo) {
        candidates.add(version);
      }
    }
    candidates.sort(
        Comparator.comparing((Version it) -> lastUse(it.model(), List.of(it)))
            .thenComparing(Version::publishedAt));
    for (Version version : candidates) {
      if (bytes <= limit) {
        return;
      }
      bytes -= version.bytes();
      judgement.kept().removeIf(it -> it.what().equals(version.shown()));
      goes(
          version,
          "the family %s is over its quota of %s".formatted(family, Words.bytes(limit)),
          RemovalReason.RETENTION,
          false);
    }
  }

  private boolean isUnused(ModelName model, List<Version> versions) {
    return uses.ofModel(model, versions).isEmpty()
        && !lastUse(model, versions).plus(order.unusedAfter()).isAfter(now());
  }

  /** A model that nobody ever used counts as used when its newest version came. */
  private Instant lastUse(ModelName model, List<Version> versions) {
    Instant published =
        versions.stream().map(Version::publishedAt).max(Comparator.naturalOrder()).orElseThrow();
    return uses.lastUse(model).filter(it -> it.isAfter(published)).orElse(published);
  }

  private Instant now() {
    return picture.survey().volumesNow();
  }

  private void goes(Version version, String reason, RemovalReason why, boolean withModel) {
    going.add(version);
    judgement.goes(
        new Item(
            Item.Kind.VERSION,
            version.shown(),
            version.model() + "@" + version.commit(),
            Optional.of(version.model()),
            Optional.of(version.commit()),
            version.print(),
            reason,
            // What belongs elsewhere is looked at as such once more before it goes.
            order.reason() == RemovalReason.COMMAND || why == RemovalReason.SURPLUS
                ? why
                : order.reason(),
            version.bytes(),
            withModel));
  }

  private void stays(Version version, String reason) {
    judgement.stays(version.shown(), reason, version.bytes());
  }
}
