package io.modeldepot.registry.capacity;

import io.modeldepot.events.state.StorageReported;
import io.modeldepot.events.terms.FamilyName;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Who takes the space, summed over all locations. */
@ApplicationScoped
public class Usages {
  private final EntityManager database;
  private final Storages storages;

  Usages(EntityManager database, Storages storages) {
    this.database = database;
    this.storages = storages;
  }

  public record KindUsage(String kind, long bytes) {}

  public record FamilyUsage(String family, long bytes) {}

  /**
   * What a model's versions would take without sharing.
   *
   * @param versions how many, each location counted
   */
  public record ModelUsage(String model, long versions, long bytes) {}

  /**
   * What a model's archives save.
   *
   * @param versions how many, each location counted
   * @param bytes what the archives take
   * @param savedBytes less than that the files took, without sharing
   */
  public record ArchiveUsage(String model, long versions, long bytes, long savedBytes) {}

  /**
   * Who takes the space.
   *
   * @param bytes what the locations count; an inode once
   * @param byKind what it is
   * @param byFamily what of it belongs to a family
   * @param byModel what the versions hold; blobs that are shared are counted with each
   * @param archived what archives hold, and save
   */
  public record Usage(
      long bytes,
      List<KindUsage> byKind,
      List<FamilyUsage> byFamily,
      List<ModelUsage> byModel,
      List<ArchiveUsage> archived) {}

  /** The usage by the last reports. */
  @Transactional
  public Usage now() {
    Map<String, Long> kinds = new TreeMap<>();
    Map<String, Long> families = new TreeMap<>();
    for (StorageReported report : storages.all()) {
      for (io.modeldepot.events.state.Usage usage : report.usage()) {
        kinds.merge(usage.kind().name().toLowerCase(Locale.ROOT), usage.bytes(), Long::sum);
        usage
            .family()
            .map(FamilyName::value)
            .ifPresent(family -> families.merge(family, usage.bytes(), Long::sum));
      }
    }
    return new Usage(
        kinds.values().stream().mapToLong(Long::longValue).sum(),
        kinds.entrySet().stream()
            .map(entry -> new KindUsage(entry.getKey(), entry.getValue()))
            .sorted(Comparator.comparingLong(KindUsage::bytes).reversed())
            .toList(),
        families.entrySet().stream()
            .map(entry -> new FamilyUsage(entry.getKey(), entry.getValue()))
            .sorted(Comparator.comparingLong(FamilyUsage::bytes).reversed())
            .toList(),
        models(),
        archives());
  }

  private List<ArchiveUsage> archives() {
    return database
        .createQuery(
            """
            select v.model, count(*), sum(v.presentBytes), sum(v.sizeBytes - v.presentBytes) from VersionRow v
            where v.state = 'archived' group by v.model order by sum(v.sizeBytes - v.presentBytes) desc, v.model
            """,
            Object[].class)
        .getResultList()
        .stream()
        .map(row -> new ArchiveUsage((String) row[0], (Long) row[1], (Long) row[2], (Long) row[3]))
        .toList();
  }

  private List<ModelUsage> models() {
    return database
        .createQuery(
            """
            select v.model, count(*), sum(v.presentBytes) from VersionRow v
            where v.state in ('present', 'damaged') group by v.model order by sum(v.presentBytes) desc, v.model
            """,
            Object[].class)
        .getResultList()
        .stream()
        .map(row -> new ModelUsage((String) row[0], (Long) row[1], (Long) row[2]))
        .toList();
  }
}
