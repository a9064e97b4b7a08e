package io.modeldepot.janitor.cleanup;

import io.modeldepot.events.command.CleanupDue;
import io.modeldepot.events.fact.RemovalReason;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.RequestId;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.store.survey.Survey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides what goes. Pure: the same picture and the same order give the same plan. Every owner's
 * references are joined before anything is judged.
 */
public final class Planner {
  private static final int KEPT_NAMED = 1000;
  private static final int ID_DIGITS = 8;

  private Planner() {}

  /** The plan for an order, in a picture. */
  public static Plan plan(Picture picture, Order order, CleanupDue command, RequestId madeFor) {
    Uses uses = Uses.of(picture);
    Judgement judgement = new Judgement();
    new ContentRules(picture, order, uses, judgement).judge();
    new VersionRules(picture, order, uses, judgement).judge();
    List<Item> items = inOrder(judgement.items(), uses);
    items = counted(items, picture.survey());
    items = upToTarget(items, order, picture.survey().freeBytes());
    int leftOut = Math.max(0, items.size() - Plan.MOST_ITEMS);
    items = items.subList(0, items.size() - leftOut);
    List<Kept> kept =
        judgement.kept().stream()
            .sorted(Comparator.comparingLong(Kept::bytes).reversed().thenComparing(Kept::what))
            .limit(KEPT_NAMED)
            .toList();
    return new Plan(
        Plan.FORMAT,
        id(items, madeFor),
        madeFor,
        command,
        picture.survey().volumesNow(),
        order.window().toSeconds(),
        order.longestTrashWindow().toSeconds(),
        items,
        kept,
        leftOut);
  }

  /**
   * What costs nobody anything first; of the trash the oldest; of versions those that belong
   * elsewhere, then those unused longest.
   */
  private static List<Item> inOrder(List<Item> items, Uses uses) {
    List<Item> sorted = new ArrayList<>(items);
    sorted.sort(
        Comparator.comparing(Item::kind)
            .thenComparing(item -> item.why() != RemovalReason.SURPLUS)
            .thenComparing(
                item ->
                    item.kind() == Item.Kind.VERSION
                        ? item.model()
                            .flatMap(uses::lastUse)
                            .map(it -> it.toEpochMilli())
                            .orElse(0L)
                        : 0L)
            .thenComparing(
                item -> item.kind() == Item.Kind.TRASH ? Long.parseLong(item.print()) : 0L)
            .thenComparing(item -> item.model().map(ModelName::value).orElse(""))
            .thenComparing(Item::withModel)
            .thenComparing(Item::ref));
    return sorted;
  }

  /** Of versions that go only what no version has that stays, and each content once. */
  private static List<Item> counted(List<Item> items, Survey survey) {
    Map<String, Survey.Version> going = going(items, survey);
    if (going.isEmpty()) {
      return items;
    }
    Map<Sha256, Integer> owners = owners(going.values(), survey);
    List<Item> counted = new ArrayList<>(items.size());
    for (Item item : items) {
      Survey.Version version = item.kind() == Item.Kind.VERSION ? going.get(item.ref()) : null;
      counted.add(version == null ? item : withBytes(item, bytesOfNobodyElse(version, owners)));
    }
    return counted;
  }

  /** The versions among the items, by what the items call them. */
  private static Map<String, Survey.Version> going(List<Item> items, Survey survey) {
    Set<String> refs = new HashSet<>();
    items.stream().filter(it -> it.kind() == Item.Kind.VERSION).map(Item::ref).forEach(refs::add);
    Map<String, Survey.Version> going = new HashMap<>();
    if (!refs.isEmpty()) {
      for (Survey.Version version : survey.versions()) {
        String ref = version.model() + "@" + version.commit();
        if (refs.contains(ref)) {
          going.put(ref, version);
        }
      }
    }
    return going;
  }

  /** How many versions have each content of those that go: of a million contents it is a few. */
  private static Map<Sha256, Integer> owners(Collection<Survey.Version> going, Survey survey) {
    Map<Sha256, Integer> owners = new HashMap<>();
    going.forEach(it -> it.files().forEach(file -> owners.put(file.digest(), 0)));
    for (Survey.Version version : survey.versions()) {
      version.files().stream()
          .map(Survey.Content::digest)
          .filter(owners::containsKey)
          .distinct()
          .forEach(digest -> owners.merge(digest, 1, Integer::sum));
    }
    return owners;
  }

  private static long bytesOfNobodyElse(Survey.Version version, Map<Sha256, Integer> owners) {
    Map<Sha256, Long> sizes = new HashMap<>();
    version.files().forEach(file -> sizes.put(file.digest(), file.sizeBytes()));
    long bytes = 0;
    for (Map.Entry<Sha256, Long> content : sizes.entrySet()) {
      int left = owners.merge(content.getKey(), -1, Integer::sum);
      bytes += left == 0 ? content.getValue() : 0;
    }
    return bytes;
  }

  private static List<Item> upToTarget(List<Item> items, Order order, long freeBytes) {
    if (order.targetFreeBytes().isEmpty()) {
      return items;
    }
    long missing = order.targetFreeBytes().get() - freeBytes;
    List<Item> taken = new ArrayList<>();
    Optional<ModelName> begun = Optional.empty();
    for (Item item : items) {
      // A model goes whole or not at all.
      boolean sameModel = item.withModel() && begun.isPresent() && begun.equals(item.model());
      if (missing <= 0 && !sameModel) {
        break;
      }
      taken.add(item);
      missing -= item.bytes();
      begun = item.withModel() ? item.model() : Optional.empty();
    }
    return taken;
  }

  private static Item withBytes(Item item, long bytes) {
    return new Item(
        item.kind(),
        item.what(),
        item.ref(),
        item.model(),
        item.commit(),
        item.print(),
        item.reason(),
        item.why(),
        bytes,
        item.withModel());
  }

  private static String id(List<Item> items, RequestId madeFor) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(madeFor.value().getBytes(StandardCharsets.UTF_8));
      items.forEach(it -> digest.update(Wire.write(it)));
      return "c-" + HexFormat.of().formatHex(digest.digest()).substring(0, ID_DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256.", e);
    }
  }
}
