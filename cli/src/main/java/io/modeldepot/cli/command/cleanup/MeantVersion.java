package io.modeldepot.cli.command.cleanup;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.cli.client.Registry;
import io.modeldepot.cli.command.Named;
import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.failure.ExitCode;
import io.modeldepot.cli.failure.Failure;
import io.modeldepot.cli.failure.Try;
import java.util.Locale;
import java.util.SequencedSet;
import java.util.TreeSet;

/**
 * The commit of a version that a person named by its commit, the beginning of that, or the revision
 * that it was asked for by; alike for everything that takes a version away or brings it back.
 */
final class MeantVersion {
  private static final int MOST = 500;

  private MeantVersion() {}

  /**
   * The whole commit.
   *
   * @throws Failure if no version is meant, or several
   */
  static String commit(Session session, Named named) {
    String wanted = named.version().toLowerCase(Locale.ROOT);
    if (wanted.matches("[0-9a-f]{40}")) {
      return wanted;
    }
    SequencedSet<String> byRevision = new TreeSet<>();
    SequencedSet<String> byCommit = new TreeSet<>();
    String path = "/models/" + Registry.segment(named.model()) + "/versions";
    for (JsonNode one : session.registry().items(named.model(), path, MOST)) {
      String commit = one.path("commit").asText();
      if ("removed".equals(one.path("state").asText())) {
        continue;
      }
      if (one.path("source").path("revision").asText().equals(named.version())) {
        byRevision.add(commit);
      }
      if (commit.startsWith(wanted)) {
        byCommit.add(commit);
      }
    }
    SequencedSet<String> meant = byRevision.isEmpty() ? byCommit : byRevision;
    String text = named.model() + "@" + named.version();
    Try show = new Try("show the versions", "status " + named.model());
    if (meant.isEmpty()) {
      throw Failure.of(ExitCode.NOT_FOUND, "unknown-version", text + ": there is no such version")
          .because("neither a commit begins so nor was one asked for by that revision")
          .tryThis(show);
    }
    if (meant.size() > 1) {
      throw Failure.usage(text + ": " + meant.size() + " versions are meant")
          .because(String.join(", ", meant))
          .tryThis(show);
    }
    return meant.getFirst();
  }
}
