package io.modeldepot.events.terms;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * What the check of executable content found.
 *
 * @param status status
 * @param findings findings
 */
public record Scan(
    ScanStatus status, @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> findings) {

  /** Refuses what is missing; an absent optional list is an empty one. */
  public Scan {
    Components.required(status, "status");
    findings = Components.list(findings);
  }
}
