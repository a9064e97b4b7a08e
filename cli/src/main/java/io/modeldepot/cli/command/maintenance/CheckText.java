package io.modeldepot.cli.command.maintenance;

import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.output.Human;

/** What a check of backups looked at. */
final class CheckText {
  private CheckText() {}

  static void say(Session session, int backups, int blocks, long bytesRead, int findings) {
    session
        .paper()
        .talk(
            Human.count(backups, "backup", "backups")
                + ", "
                + Human.count(blocks, "block", "blocks")
                + ", "
                + Human.bytes(bytesRead)
                + " read: "
                + (findings == 0 ? "all whole" : Human.count(findings, "finding", "findings")));
  }
}
