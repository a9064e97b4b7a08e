package io.modeldepot.cli.command.doctor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.cli.output.Json;
import io.modeldepot.cli.output.Listing.Mark;

/**
 * What a check found.
 *
 * @param area store, services, kafka, database, hub or clock
 * @param mark GOOD, WARN, BAD, or PLAIN when it could not be looked at
 * @param code a problem code, or empty
 * @param fix a command's arguments, or words beginning with a capital letter; or empty
 */
record Verdict(String area, Mark mark, String says, String code, String fix) {

  static Verdict good(String area, String says) {
    return new Verdict(area, Mark.GOOD, says, "", "");
  }

  static Verdict warn(String area, String says, String code, String fix) {
    return new Verdict(area, Mark.WARN, says, code, fix);
  }

  static Verdict bad(String area, String says, String code, String fix) {
    return new Verdict(area, Mark.BAD, says, code, fix);
  }

  static Verdict unseen(String area, String says) {
    return new Verdict(area, Mark.PLAIN, says, "", "");
  }

  ObjectNode json() {
    String word =
        switch (mark) {
          case GOOD -> "good";
          case WARN -> "warning";
          case BAD -> "problem";
          case PLAIN, FAINT -> "not-seen";
        };
    ObjectNode node = Json.object().put("area", area).put("verdict", word).put("says", says);
    if (!code.isEmpty()) {
      node.put("code", code);
    }
    if (!fix.isEmpty()) {
      node.put("fix", fix);
    }
    return node;
  }
}
