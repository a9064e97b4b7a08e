package io.modeldepot.registry.audit;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * Recomputes the whole chain. Finds a changed field, a removed, inserted or reordered record, and a
 * cut end if the caller brings a head that was kept elsewhere.
 */
@ApplicationScoped
public class AuditVerifier {
  private static final int CHUNK = 1000;

  private final Installation installation;
  private final InstantSource clock;

  AuditVerifier(Installation installation, InstantSource clock) {
    this.installation = installation;
    this.clock = clock;
  }

  /**
   * The first link that does not hold.
   *
   * @param seq where
   * @param reason in words
   */
  public record Broken(long seq, String reason) {}

  /**
   * What was found.
   *
   * @param intact whether every link holds
   * @param records how many were looked at
   * @param head the end that was reached
   * @param firstBroken the first link that does not hold
   * @param checkedAt when
   */
  public record Verdict(
      boolean intact,
      long records,
      AuditHead head,
      Optional<Broken> firstBroken,
      Instant checkedAt) {}

  /**
   * Reads every record in order and recomputes its hash, in a transaction for each thousand: a
   * trail of years takes longer than a transaction may. Reading one that is appended meanwhile is
   * no fault: the chain only grows.
   *
   * @param kept a head from an earlier day that must still be part of the chain
   */
  public Verdict verify(Optional<AuditHead> kept) {
    return verify(kept, AuditVerifier::afterInItsOwn);
  }

  /** The same as the caller's transaction sees it. */
  @Transactional(Transactional.TxType.MANDATORY)
  public Verdict verifyHere(Optional<AuditHead> kept) {
    return verify(kept, AuditVerifier::after);
  }

  private Verdict verify(Optional<AuditHead> kept, LongFunction<List<AuditRecord>> after) {
    AuditHead head = new AuditHead(0, AuditHash.origin(installation.id()));
    Optional<Broken> broken = contradicts(head, kept);
    List<AuditRecord> chunk;
    do {
      chunk = after.apply(head.seq());
      for (AuditRecord record : chunk) {
        if (broken.isEmpty()) {
          broken = fault(record, head).or(() -> contradicts(headOf(record), kept));
        }
        head = headOf(record);
      }
    } while (!chunk.isEmpty() && broken.isEmpty());
    AuditHead end = head;
    Optional<Broken> found =
        broken.or(
            () ->
                kept.filter(known -> known.seq() > end.seq())
                    .map(
                        known ->
                            new Broken(
                                end.seq() + 1,
                                "The chain ends here, but a record "
                                    + known.seq()
                                    + " was there once: its end was cut off.")));
    return new Verdict(found.isEmpty(), end.seq(), end, found, clock.instant());
  }

  private static List<AuditRecord> afterInItsOwn(long seq) {
    return QuarkusTransaction.requiringNew().call(() -> after(seq));
  }

  private static List<AuditRecord> after(long seq) {
    return AuditRow.<AuditRow>find("seq > ?1 order by seq", seq).page(0, CHUNK).list().stream()
        .map(AuditRow::record)
        .toList();
  }

  private static Optional<Broken> fault(AuditRecord record, AuditHead before) {
    if (record.seq() != before.seq() + 1) {
      return Optional.of(
          new Broken(before.seq() + 1, "Missing: record " + record.seq() + " follows."));
    }
    if (!record.prev().equals(before.hash())) {
      return Optional.of(new Broken(record.seq(), "It is not chained to the record before it."));
    }
    if (!record.hash().equals(AuditHash.of(record))) {
      return Optional.of(new Broken(record.seq(), "Its content is not what was hashed."));
    }
    return Optional.empty();
  }

  private static Optional<Broken> contradicts(AuditHead here, Optional<AuditHead> kept) {
    return kept.filter(known -> known.seq() == here.seq() && !known.hash().equals(here.hash()))
        .map(known -> new Broken(here.seq(), "Another hash was known for this record."));
  }

  private static AuditHead headOf(AuditRecord record) {
    return new AuditHead(record.seq(), record.hash());
  }
}
