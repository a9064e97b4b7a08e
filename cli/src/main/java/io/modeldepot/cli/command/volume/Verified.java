package io.modeldepot.cli.command.volume;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.cli.output.Json;
import io.modeldepot.cli.output.Listing.Mark;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.store.archive.ArchiveCheck;
import io.modeldepot.store.integrity.Finding;
import io.modeldepot.store.integrity.VersionReport;
import java.util.List;
import java.util.Optional;

/**
 * What was found of one version, or of a model's {@code current.json}.
 *
 * @param commit empty when it is not known which version is meant
 * @param report empty when there is no manifest to compare with
 * @param findings empty when all is as it should be
 * @param place where it lies
 */
record Verified(
    ModelName model,
    Optional<CommitId> commit,
    Optional<VersionReport> report,
    List<Finding> findings,
    Place place) {

  /** Where a version lies. */
  enum Place {
    TREE,
    ARCHIVE
  }

  static Verified of(Wanted.Found version, VersionReport report) {
    return new Verified(
        version.model(),
        Optional.of(version.commit()),
        Optional.of(report),
        report.findings(),
        Place.TREE);
  }

  /** A version that cannot be compared with anything. */
  static Verified without(Wanted.Found version, Finding why) {
    return new Verified(
        version.model(), Optional.of(version.commit()), Optional.empty(), List.of(why), Place.TREE);
  }

  /** A model of which it is not known what is current. */
  static Verified without(ModelName model, Finding why) {
    return new Verified(model, Optional.empty(), Optional.empty(), List.of(why), Place.TREE);
  }

  /** A version in the archive. */
  static Verified archived(Wanted.Found version, List<ArchiveCheck.Damaged> damaged) {
    return new Verified(
        version.model(),
        Optional.of(version.commit()),
        Optional.empty(),
        damaged.stream().map(it -> (Finding) new Finding.Unreadable(it.path(), it.why())).toList(),
        Place.ARCHIVE);
  }

  boolean clean() {
    return findings.isEmpty();
  }

  boolean damaged() {
    return findings.stream().anyMatch(Finding::isDamage);
  }

  /** The command that makes it whole. */
  String remedy() {
    return place == Place.ARCHIVE
        ? "restore latest --model " + model + commit.map(it -> "@" + it).orElse("")
        : "download " + model + " --force";
  }

  Mark mark() {
    return clean() ? Mark.GOOD : damaged() ? Mark.BAD : Mark.WARN;
  }

  String word() {
    return clean() ? "ok" : damaged() ? "damaged" : "findings";
  }

  ObjectNode json() {
    ObjectNode node = Json.object().put("model", model.value());
    commit.ifPresent(known -> node.put("commit", known.value()));
    node.put("clean", clean())
        .put("damaged", damaged())
        .put("filesRead", report.map(VersionReport::filesRead).orElse(0))
        .put("bytesRead", report.map(VersionReport::bytesRead).orElse(0L));
    if (place == Place.ARCHIVE) {
      node.put("archived", true);
    }
    ArrayNode array = node.putArray("findings");
    findings.forEach(finding -> array.add(FindingText.json(finding)));
    return node;
  }

  @Override
  public String toString() {
    return commit.map(known -> new Wanted.Found(model, known).toString()).orElse(model.value());
  }
}
