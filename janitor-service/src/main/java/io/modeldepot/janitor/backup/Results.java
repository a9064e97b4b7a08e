package io.modeldepot.janitor.backup;

import io.modeldepot.backup.keep.CheckReport;
import io.modeldepot.backup.keep.PruneReport;
import io.modeldepot.backup.restore.RestoreReport;
import io.modeldepot.backup.save.BackupPlan;
import io.modeldepot.backup.snapshot.LeftOut;
import io.modeldepot.backup.snapshot.Snapshot;
import io.modeldepot.backup.snapshot.SnapshotDiff;
import io.modeldepot.events.wire.Wire;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What came of a job about backups, as it is told. */
public final class Results {
  private static final int MOST_LINES = 100;

  private Results() {}

  /** A backup. */
  static Map<String, Object> of(Snapshot snapshot, String target, String place) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("backup", snapshot.id());
    result.put("time", Wire.time(snapshot.time()));
    result.put("scope", snapshot.scope().toString());
    result.put("target", target);
    result.put("place", place);
    result.put("addedBytes", snapshot.totals().addedBytes());
    result.put("totalBytes", snapshot.totals().rawBytes());
    result.put("files", snapshot.totals().files());
    result.put("models", snapshot.totals().models());
    result.put("versions", snapshot.totals().versions());
    result.put("seconds", snapshot.totals().milliseconds() / 1000.0);
    result.put("registry", snapshot.registry().why().orElse("included"));
    snapshot.registry().auditSeq().ifPresent(seq -> result.put("auditSeq", seq));
    leftOut(result, snapshot.leftOut());
    return result;
  }

  /** A plan of a backup. */
  static Map<String, Object> of(BackupPlan plan) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("files", plan.files());
    result.put("totalBytes", plan.totalBytes());
    result.put("newBytes", plan.newBytes());
    result.put("estimatedBytes", plan.estimatedBytes());
    result.put("estimatedSeconds", (plan.estimatedMilliseconds() + 999) / 1000);
    plan.freeBytes().ifPresent(free -> result.put("freeBytes", free));
    result.put("fits", plan.fits());
    result.put("leftOutInAll", plan.leftOut());
    return result;
  }

  /** A prune, or a plan of one. */
  static Map<String, Object> of(PruneReport report, String target) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("target", target);
    result.put(
        "backups",
        report.verdicts().stream()
            .limit(MOST_LINES)
            .map(
                verdict ->
                    Map.of(
                        "backup", verdict.candidate().id(),
                        "time", Wire.time(verdict.candidate().time()),
                        "kept", verdict.kept(),
                        "why", verdict.why()))
            .toList());
    result.put("forgotten", report.forgotten());
    result.put("packsRemoved", report.packsRemoved());
    result.put("freedBytes", report.freedBytes());
    result.put("packsWaiting", report.packsWaiting());
    result.put("waitingBytes", report.waitingBytes());
    result.put("packsRewritten", report.packsRewritten());
    result.put("seconds", report.milliseconds() / 1000.0);
    return result;
  }

  /** The difference of two backups. */
  static Map<String, Object> of(SnapshotDiff diff, String target) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("target", target);
    result.put("backup", diff.from());
    result.put("against", diff.to());
    result.put("addedBytes", diff.addedBytes());
    result.put("goneBytes", diff.goneBytes());
    result.put("sameVersions", diff.sameVersions());
    result.put("differences", diff.lines().size());
    result.put(
        "versions",
        diff.lines().stream()
            .limit(MOST_LINES)
            .map(
                line ->
                    Map.of(
                        "model", line.model().value(),
                        "commit", line.commit().value(),
                        "change", line.change().name().toLowerCase(Locale.ROOT),
                        "bytes", line.bytes(),
                        "current", line.current()))
            .toList());
    return result;
  }

  /** A check. */
  static Map<String, Object> of(CheckReport report, String target) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("target", target);
    result.put("backups", report.snapshots());
    result.put("blocks", report.blocks());
    result.put("blocksRead", report.blocksRead());
    result.put("bytesRead", report.bytesRead());
    result.put("findings", report.findings().stream().limit(MOST_LINES).toList());
    result.put("findingsInAll", report.findings().size());
    result.put("seconds", report.milliseconds() / 1000.0);
    return result;
  }

  /** A restore. */
  public static Map<String, Object> of(
      RestoreReport report, Snapshot snapshot, String scope, String target) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("backup", snapshot.id());
    result.put("scope", scope);
    result.put("target", target);
    result.put("addedBytes", report.writtenBytes());
    result.put("keptBytes", report.keptBytes());
    result.put("totalBytes", report.totalBytes());
    result.put("files", report.files());
    result.put(
        "models", report.restored().stream().map(RestoreReport.Restored::model).distinct().count());
    result.put("seconds", report.milliseconds() / 1000.0);
    result.put(
        "restored",
        report.restored().stream()
            .limit(MOST_LINES)
            .map(
                r ->
                    Map.of(
                        "model", r.model().value(),
                        "commit", r.commit().value(),
                        "outcome", r.outcome()))
            .toList());
    leftOut(result, report.failed());
    return result;
  }

  private static void leftOut(Map<String, Object> result, List<LeftOut> leftOut) {
    if (!leftOut.isEmpty()) {
      result.put(
          "leftOut",
          leftOut.stream()
              .limit(MOST_LINES)
              .map(
                  out -> {
                    Map<String, Object> line = new LinkedHashMap<>();
                    line.put("model", out.model().value());
                    line.put("commit", out.commit().value());
                    out.path().ifPresent(path -> line.put("path", path));
                    line.put("why", out.why());
                    return line;
                  })
              .toList());
      result.put("leftOutInAll", leftOut.size());
    }
  }
}
