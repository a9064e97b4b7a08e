package io.modeldepot.hub.document;

import java.time.Instant;

/**
 * The commit that last touched an entry.
 *
 * @param id 40 hexadecimal digits
 * @param title first line of its message
 * @param date when it was made
 */
public record LastCommit(String id, String title, Instant date) {
  public LastCommit {
    Fields.required(id, "lastCommit.id");
    Fields.required(title, "lastCommit.title");
    Fields.required(date, "lastCommit.date");
  }
}
